begin;
select plan(4);

select is(etl.cancel_run(), null, 'nothing runs');
insert into etl.run (run_id, source, status, finished_at) overriding system value values (1001, 'a', 'published', now()), (1002, 'b', 'running', null);
select is(etl.cancel_run(), 1002, 'the one that runs');
select results_eq('select run_id from etl.run where cancel_requested_at is not null', array[1002], 'and no other');
update etl.run set cancel_requested_at = '2026-01-01' where run_id = 1002;
select is(
    (select r.cancel_requested_at from (select etl.cancel_run() as run_id) as c inner join etl.run as r on r.run_id = c.run_id), '2026-01-01',
    'the first to ask counts'
);

select * from finish();
rollback;
