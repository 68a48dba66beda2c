begin;
select plan(5);

update mvp_migration.applied_migration set applied_at = now() - interval '1 day' where series = 'platform';
drop table if exists pgboss.job cascade;

select is(
    api.metrics(),
    '{"release": null, "workerAgeSeconds": null, "nextInSeconds": null, "lastRun": null, "runs": [], "jobs": []}'::jsonb,
    'a new database'
);

insert into etl.run (run_id, source, status, started_at, finished_at, peak_memory)
overriding system value
values
    (1001, 'a', 'published', now() - interval '3 hours', now() - interval '2 hours', 7),
    (1002, 'a', 'published', now() - interval '90 seconds', now() - interval '30 seconds', 9),
    (1003, 'a', 'failed', now() - interval '20 seconds', now() - interval '10 seconds', null),
    (1004, 'a', 'running', now(), null, null);
insert into catalog.release (release_id, run_id, data_version, source, built_at, is_complete)
values (1, 1002, '2026-03-r1', 'a', now() - interval '1 minute', true);
insert into etl.run_step (run_id, step, row_count)
values (1001, 'load make', 99), (1002, 'load make', 12), (1002, 'load model', 30), (1002, 'wmis', 3), (1002, 'analyze', null);
do $$ begin perform etl.publish(1); end; $$;
insert into etl.schedule (cron, timezone, source, next_at, max_age, worker, seen_at)
values ('0 2 * * 0', 'UTC', 'a', now() + interval '5 minutes', '10 days', 'a:1', now() - interval '4 seconds');

select is(
    (api.metrics() -> 'release') - '{ageSeconds,goodAgeSeconds}'::text[],
    '{"dataVersion": "2026-03-r1", "isStale": false, "isOutdated": false, "rows": {"wmis": 3}}'::jsonb,
    'the published release with the rows of its own compile'
);

select is(
    (
        select jsonb_agg(r.run - 'ageSeconds' order by r.run ->> 'status')
        from jsonb_array_elements(api.metrics() -> 'runs') as r (run)
    ),
    '[
        {"status": "failed", "count": 1, "durationSeconds": 10.000000, "loadedRows": null, "peakMemoryBytes": null},
        {"status": "published", "count": 2, "durationSeconds": 60.000000, "loadedRows": 42, "peakMemoryBytes": 9}
    ]'::jsonb,
    'how rebuilds ended, and the last that ended so; not the one that is on'
);

select is_empty(
    $$
    select t.path, (m #>> t.path)::numeric as actual
    from (
        values
        ('{release,ageSeconds}'::text[], 60), ('{release,goodAgeSeconds}', 30), ('{workerAgeSeconds}', 4), ('{nextInSeconds}', 300),
        ('{lastRun,runId}', 1004), ('{runs,0,ageSeconds}', 10), ('{runs,1,ageSeconds}', 30)
    ) as t (path, expected)
    cross join api.metrics() as m
    where (m #>> t.path)::numeric not between t.expected - 10 and t.expected + 10
        or (m #>> t.path) is null
    $$,
    'ages in seconds'
);

-- As the worker makes it, so that its rights are those of the real one.
set local role mvp_platform_etl;
create table pgboss.job (name text, state text);
reset role;
insert into pgboss.job (name, state) values ('rebuild', 'failed');
select is(api.metrics() -> 'jobs', '[{"queue": "rebuild", "state": "failed", "count": 1}]'::jsonb, 'jobs');

select * from finish();
rollback;
