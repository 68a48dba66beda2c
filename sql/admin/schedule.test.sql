begin;
select plan(3);

select is_empty('select from admin.schedule', 'no worker has ever started');

insert into etl.schedule (cron, timezone, source, next_at, max_age, worker) values ('0 2 * * 0', 'UTC', 'nhtsa', now() + interval '1 day', '10 days', 'a:1');
insert into etl.run (source, status, finished_at) values ('a', 'unchanged', now() - interval '6 days');
select results_eq(
    'select cron, is_overdue, has_worker, is_stale, last_good_at < now() from admin.schedule',
    $$ values ('0 2 * * 0', false, true, false, true) $$,
    'all is well'
);

update etl.schedule set next_at = now() - interval '2 hours', seen_at = now() - interval '6 minutes', max_age = '5 days';
select results_eq('select is_overdue, has_worker, is_stale from admin.schedule', $$ values (true, false, true) $$, 'nothing is');

select * from finish();
rollback;
