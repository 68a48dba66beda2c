begin;
select plan(1);

insert into etl.run (run_id, source, status, finished_at, reason, forced_reason)
overriding system value
values
    (1001, 'a', 'published', now(), null, null), (1002, 'b', 'failed', now(), 'the host is away', null),
    (1003, 'c', 'refused', now(), 'two gates', null), (1004, 'd', 'running', null, null, null), (1005, 'e', 'compiled', null, null, null),
    (1006, 'f', 'published', now(), null, 'NHTSA said so'), (1007, 'g', 'cancelled', now(), 'stopped', null),
    (1008, 'h', 'unchanged', now(), null, null);
insert into etl.run_step (run_id, step) values (1003, 'release'), (1003, 'keys'), (1001, 'keys');
insert into etl.refusal (run_id, check_name, reason, found, is_overridden)
values
    (1003, 'empty_table', 'nothing in it', '{"table_name": "wmi"}', false), (1003, 'lost_make', 'too many', '{}', false),
    (1006, 'shrunken_table', 'too few', '{}', true);

select results_eq(
    'select run_id, source, status, check_name, reason, is_overridden, forced_reason, last_step from admin.refusal order by run_id, check_name',
    $$
    values
        (1002, 'b', 'failed', null, 'the host is away', false, null, null),
        (1003, 'c', 'refused', 'empty_table', 'nothing in it', false, null, 'keys'),
        (1003, 'c', 'refused', 'lost_make', 'too many', false, null, 'keys'),
        (1006, 'f', 'published', 'shrunken_table', 'too few', true, 'NHTSA said so', null),
        (1007, 'g', 'cancelled', null, 'stopped', false, null, null)
    $$,
    'what published nothing and why, gate by gate; what was published in spite of a gate'
);

select * from finish();
rollback;
