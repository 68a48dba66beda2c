begin;
select plan(3);

select throws_ok('select etl.ask_worker(etl.record_action(''x'', ''y''), ''rebuild'')', 'VP503', null, 'no worker is there');
insert into etl.schedule (cron, timezone, source, next_at, max_age, worker) values ('0 2 * * 0', 'UTC', 'nhtsa', now() + interval '1 day', '10 days', 'a:1');
select lives_ok('select etl.ask_worker(etl.record_action(''x'', ''y''), ''rebuild'', ''z'')', 'one is');
select results_eq(
    'select kind, forced_reason, settled_at from etl.job_request', $$ values ('rebuild', 'z', null::timestamptz) $$, 'and will find it'
);

select * from finish();
rollback;
