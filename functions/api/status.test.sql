begin;
select plan(9);

update mvp_migration.applied_migration set applied_at = now() - interval '1 day' where series = 'platform';

select throws_ok('select api.status()', 'VP503', null, 'nothing is published');

insert into etl.run (run_id, source, source_detail, status, started_at, finished_at, reason)
overriding system value
values
    (1001, 'bundled', '{"version": "2026-03", "bytes": 7, "path": "/srv/a.zip"}', 'published', now() - interval '2 hours', now() - interval '1 hour', null),
    (1002, 'nhtsa', '{}', 'failed', now() - interval '30 minutes', now() - interval '20 minutes', 'the host of /srv/a.zip is away');
insert into catalog.release (release_id, run_id, data_version, source, built_at, is_complete)
values (1, 1001, '2026-03-r1', 'bundled', now() - interval '1 hour', true);
insert into etl.run_step (run_id, step, row_count)
values
    (1001, 'load make', 12), (1001, 'wmis', 3), (1001, 'patterns', 40), (1002, 'wmis', 99);
do $$ begin perform etl.publish(1); end; $$;

select results_eq(
    'select k from jsonb_object_keys(api.status()) as k order by k collate "C"',
    array[
        'ageSeconds', 'builtAt', 'dataVersion', 'isOutdated', 'isStale', 'lastError', 'lastGoodAgeSeconds', 'lastGoodAt', 'lastRun', 'maxAgeSeconds',
        'nextRunAt', 'pinnedUntil', 'publishedAt', 'releaseId', 'rowCounts', 'schedule', 'source', 'sourceDetail', 'timezone', 'workerSeenAt'
    ],
    'everything that /api/platform/status tells of the data'
);

select is(
    api.status() - '{ageSeconds,builtAt,lastRun,lastError,publishedAt,lastGoodAt,lastGoodAgeSeconds}'::text[],
    '{
        "isOutdated": false, "isStale": false, "maxAgeSeconds": null, "nextRunAt": null, "pinnedUntil": null, "schedule": null, "timezone": null, "workerSeenAt": null,
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
    '{"runId": 1002, "status": "failed", "reason": "the host of a.zip is away", "step": null}'::jsonb,
    'the last run, also one that failed after the release was published; without folders'
);

insert into etl.run (run_id, source, status, started_at, finished_at)
overriding system value
values (1003, 'nhtsa', 'unchanged', now() - interval '10 minutes', now() - interval '9 minutes');
insert into etl.schedule (cron, timezone, source, next_at, max_age, worker)
values ('0 2 * * 0', 'UTC', 'nhtsa', '2099-01-04 02:00+00', '10 days', 'a:1');
select results_eq(
    $$
    select
        s ->> 'nextRunAt' like '2099-01-04T02:00:00%', s ->> 'schedule', s ->> 'timezone', (s ->> 'maxAgeSeconds')::int, (s ->> 'isStale')::boolean,
        s #>> '{lastRun,status}', s #>> '{lastError,reason}', (s ->> 'lastGoodAgeSeconds')::int between 540 and 600, s ->> 'workerSeenAt' is not null
    from api.status() as s
    $$,
    $$ values (true, '0 2 * * 0', 'UTC', 864000, false, 'unchanged', 'the host of a.zip is away', true, true) $$,
    'when the next is due, whether the data is fresh, what went wrong last'
);
update etl.schedule set max_age = '8 minutes';
select is(api.status() -> 'isStale', 'true', 'too old');

select is_empty(
    $$
    select t.path
    from (values ('{builtAt}'::text[]), ('{publishedAt}'), ('{lastRun,startedAt}'), ('{lastRun,finishedAt}')) as t (path)
    where (api.status() #>> t.path)::timestamptz is null or (api.status() #>> t.path) !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*[+-]\d\d:\d\d$'
    $$,
    'times in ISO 8601 with their zone'
);

do $$ begin perform admin.pin_release(1, 'secret', 1); end; $$;
select ok(
    (api.status() ->> 'pinnedUntil')::timestamptz = now() + interval '1 day' and api.status()::text !~ 'secret',
    'that it is pinned and until when, not why'
);

select * from finish();
rollback;
