begin;
select plan(3);

insert into etl.run (run_id, source, job_id, status, finished_at, reason, progress, changes)
overriding system value
values
    (1001, 'a', '00000000-0000-0000-0000-000000000007', 'failed', now(), 'away', null, null),
    (1002, 'a', '00000000-0000-0000-0000-000000000007', 'running', null, null, '{"step": "loading"}',
        '{"dataVersion": "v1", "previousDataVersion": null, "tables": {}, "names": {}}'),
    (1003, 'a', null, 'failed', now(), 'another', null, null);

select is(
    etl.describe_run(null, '00000000-0000-0000-0000-000000000007'),
    '{
        "runId": 1002, "status": "running", "isOver": false, "progress": {"step": "loading"}, "reason": null, "dataVersion": "v1",
        "report": "data version v1, the first"
    }',
    'the newest run of the job: the second try'
);
select is(etl.describe_run(1001, null) ->> 'reason', 'away', 'a run by its number');
select is(etl.describe_run(null, '00000000-0000-0000-0000-000000000008'), null, 'a job that has not begun');

select * from finish();
rollback;
