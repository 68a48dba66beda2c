begin;
select plan(6);

select throws_ok('select api.status()', 'VP503', null, 'nothing is published');

insert into etl.run (run_id, source, source_detail, status, started_at, finished_at, reason)
overriding system value
values
    (1001, 'bundled', '{"version": "2026-03", "bytes": 7}', 'published', now() - interval '2 hours', now() - interval '1 hour', null),
    (1002, 'nhtsa', '{}', 'failed', now() - interval '30 minutes', now() - interval '20 minutes', 'the host is away');
insert into catalog.release (release_id, run_id, data_version, source, built_at, is_complete)
values (1, 1001, '2026-03-r1', 'bundled', now() - interval '1 hour', true);
insert into etl.run_step (run_id, step, row_count)
values
    (1001, 'load make', 12), (1001, 'wmis', 3), (1001, 'patterns', 40), (1002, 'wmis', 99);
do $$ begin perform etl.publish(1); end; $$;

select results_eq(
    'select k from jsonb_object_keys(api.status()) as k order by k collate "C"',
    array[
        'ageSeconds', 'builtAt', 'dataVersion', 'lastRun', 'publishedAt', 'releaseId', 'rowCounts', 'source', 'sourceDetail'
    ],
    'everything that /api/platform/status tells of the data'
);

select is(
    api.status() - '{ageSeconds,builtAt,lastRun,publishedAt}'::text[],
    '{
        "dataVersion": "2026-03-r1", "releaseId": 1, "source": "bundled",
        "sourceDetail": {"version": "2026-03", "bytes": 7}, "rowCounts": {"wmis": 3, "patterns": 40}
    }'::jsonb,
    'the published release: its source, and the rows of its own compile'
);

select ok(
    (api.status() ->> 'ageSeconds')::numeric between 3600 and 3700, 'its age, in whole seconds since it was built'
);

select is(
    (api.status() -> 'lastRun') - '{startedAt,finishedAt}'::text[],
    '{"runId": 1002, "status": "failed", "reason": "the host is away"}'::jsonb,
    'the last run, also one that failed after the release was published'
);

select is_empty(
    $$
    select t.path
    from (values ('{builtAt}'::text[]), ('{publishedAt}'), ('{lastRun,startedAt}'), ('{lastRun,finishedAt}')) as t (path)
    where (api.status() #>> t.path)::timestamptz is null or (api.status() #>> t.path) !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*[+-]\d\d:\d\d$'
    $$,
    'times in ISO 8601 with their zone'
);

select * from finish();
rollback;
