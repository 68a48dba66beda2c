begin;
select plan(3);

select is(etl.has_worker(), false, 'none has ever started');
insert into etl.schedule (cron, timezone, source, next_at, max_age, worker) values ('0 2 * * 0', 'UTC', 'nhtsa', now() + interval '1 day', '10 days', 'a:1');
select is(etl.has_worker(), true, 'one has just said so');
update etl.schedule set seen_at = now() - interval '6 minutes';
select is(etl.has_worker(), false, 'it is silent');

select * from finish();
rollback;
