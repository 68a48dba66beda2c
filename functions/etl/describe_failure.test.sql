begin;
select plan(4);

insert into etl.run (run_id, source, job_id, status, started_at, finished_at, reason)
overriding system value
values
    (1001, 'a', null, 'published', '2026-01-01', '2026-01-01', null),
    (1002, 'nhtsa', '00000000-0000-0000-0000-000000000007', 'refused', '2026-01-08', '2026-01-08', 'shrunken_table: too few'),
    (1003, 'nhtsa', '00000000-0000-0000-0000-000000000008', 'running', now(), null, null);
insert into etl.refusal (run_id, check_name, reason, found) values (1002, 'shrunken_table', 'too few', '{"a": 1}');

select is(
    etl.describe_failure(null, null, 'the host is away') - 'service',
    '{
        "event": "rebuild-failed", "reason": "the host is away", "runId": null, "source": null, "startedAt": null, "finishedAt": null,
        "text": "mvp-platform-vehicles: the rebuild failed: the host is away. There is no data yet.", "refusals": [], "dataVersion": null
    }'::jsonb || jsonb_build_object('lastGoodAt', etl.last_good_at()),
    'a run that never began, in an empty database'
);

insert into catalog.release (release_id, run_id, data_version, source, built_at, is_complete) values (1, 1001, 'version-1', 'a', '2026-01-01 12:00+00', true);
do $$ begin perform etl.publish(1); end; $$;
select is(
    etl.describe_failure(1002, null, null) - '{service,startedAt,finishedAt,lastGoodAt}'::text[],
    '{
        "event": "rebuild-refused", "reason": "shrunken_table: too few", "runId": 1002, "source": "nhtsa",
        "text": "mvp-platform-vehicles: the rebuild was refused: shrunken_table: too few. Data version version-1 of 2026-01-01 stays.",
        "refusals": [{"check": "shrunken_table", "reason": "too few"}], "dataVersion": "version-1"
    }',
    'a refused run, with the gates that objected'
);
select is(etl.describe_failure(null, '00000000-0000-0000-0000-000000000007', 'x') ->> 'runId', '1002', 'found by its job');
select is(
    etl.describe_failure(null, '00000000-0000-0000-0000-000000000008', 'job heartbeat timeout') ->> 'reason', 'job heartbeat timeout',
    'one that died says nothing itself'
);

select * from finish();
rollback;
