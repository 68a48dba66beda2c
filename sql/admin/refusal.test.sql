begin;
select plan(1);

insert into etl.run (run_id, source, status, finished_at, reason)
overriding system value
values
    (1001, 'a', 'published', now(), null), (1002, 'b', 'failed', now(), 'the host is away'), (1003, 'c', 'refused', now(), 'too few rows'),
    (1004, 'd', 'running', null, null), (1005, 'e', 'compiled', null, null);
insert into etl.run_step (run_id, step) values (1003, 'release'), (1003, 'keys'), (1001, 'keys');

select results_eq(
    'select run_id, source, status, reason, last_step from admin.refusal order by run_id',
    $$ values (1002, 'b', 'failed', 'the host is away', null), (1003, 'c', 'refused', 'too few rows', 'keys') $$,
    'runs that failed or were refused, why, and how far they came'
);

select * from finish();
rollback;
