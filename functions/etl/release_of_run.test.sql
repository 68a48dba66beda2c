begin;
select plan(1);

insert into etl.run (run_id, source)
overriding system value
values (1001, 'a'), (1002, 'b'), (1003, 'c');
insert into catalog.release (release_id, run_id, data_version, source)
values (5, 1001, 'a', 'a'), (7, 1002, 'b', 'b');

select is_empty(
    $$
    select t.reason, t.expected, etl.release_of_run(t.run_id) as got
    from (
        values
        (1001, 5, 'its release, also half made'),
        (1002, 7, 'each run has its own'),
        (1003, null, 'a run that failed, or has not come to it'),
        (9999, null, 'no such run'),
        (null, null, 'no run at all')
    ) as t (run_id, expected, reason)
    where etl.release_of_run(t.run_id) is distinct from t.expected
    $$,
    'the release of a run, or null'
);

select * from finish();
rollback;
