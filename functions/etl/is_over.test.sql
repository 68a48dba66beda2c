begin;
select plan(5);

insert into etl.run (run_id, source, status, started_at, finished_at, beat_at)
overriding system value
values
    (1001, 'over', 'failed', now() - interval '1 hour', now(), null), (1002, 'alive', 'running', now() - interval '1 hour', null, now()),
    (1003, 'just begun', 'running', now(), null, null);

select results_eq(
    'select r.run_id, etl.is_over(r.run_id) from etl.run as r order by 1', $$ values (1001, true), (1002, false), (1003, false) $$,
    'one that ended, one that beats, one that has hardly begun'
);
select is(etl.is_over(9999), true, 'one that does not exist');

update etl.run set beat_at = now() - interval '6 seconds' where run_id = 1002;
select is(etl.is_over(1002), true, 'one that is silent, and nobody holds the lock');
select is((select status from etl.run where run_id = 1002), 'failed', 'is cleaned up');

update etl.run set status = 'running', finished_at = null, started_at = now() - interval '6 seconds', beat_at = null where run_id = 1003;
select is(etl.is_over(1003), true, 'so is one that never beat');

select * from finish();
rollback;
