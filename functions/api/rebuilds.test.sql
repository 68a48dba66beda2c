begin;
select plan(5);

select is(api.rebuilds(), '[]', 'no run yet');

insert into etl.run (run_id, source, source_detail, status, started_at, finished_at, beat_at, reason, forced_reason, worker, progress, changes)
overriding system value
values
    (1001, 'bundled', '{"kind": "bundled", "name": "a@1", "version": "2026-03", "path": "/secret/a", "size": 7}', 'published',
        '2026-01-04 02:00+00', '2026-01-04 02:01:05.25+00', null, null, 'because', 'host:7', null, '{"dataVersion": "2026-03-r1", "tables": {}}'),
    (1002, '/secret/b.zip', '{}', 'refused', '2026-01-11 02:00+00', '2026-01-11 02:02+00', null, '/secret/b.zip (of /secret/c/d.zip, https://host/a/b) is no zip file', null, 'host:7', null, null),
    (1003, 'bundled', '{}', 'running', '2026-01-18 02:00+00', null, '2026-01-18 02:00:30+00', null, null, 'host:7', '{"step": "loading"}', null);
insert into etl.run_step (run_id, step, duration, row_count)
values
    (1001, 'open', '1.25 s', null), (1001, 'load make', '2 s', 12), (1001, 'load model', '3 s', 30), (1001, 'skip other', '9 s', 99),
    (1001, 'reject', '0.5 s', 1), (1001, 'wmis', '4 s', 5), (1001, 'patterns', null, 6), (1001, 'check', '6 s', null), (1001, 'prune', '1 s', null);
insert into catalog.release (release_id, run_id, data_version, source, is_complete) values (1, 1001, '2026-03-r1', 'bundled', true);
do $$ begin perform etl.publish(1); end; $$;

select is(
    api.rebuilds() -> 2,
    '{
        "runId": 1001, "status": "published", "startedAt": "2026-01-04T02:00:00+00:00", "finishedAt": "2026-01-04T02:01:05.25+00:00", "seconds": 65.3,
        "source": {"kind": "bundled", "name": "a@1", "version": "2026-03", "bytes": 7},
        "dataVersion": "2026-03-r1", "isCurrent": true, "step": null, "reason": null,
        "rows": 42, "phases": {"fetch": 1.3, "load": 5.0, "compile": 4.5, "check": 7.0},
        "changes": {"dataVersion": "2026-03-r1", "tables": {}}
    }'::jsonb,
    'a published run: what was loaded, how long each phase took, what changed'
);

select results_eq(
    $$
    select
        r ->> 'runId', r ->> 'status', r ->> 'step', r ->> 'reason', (r ->> 'seconds')::numeric, r -> 'rows', r -> 'phases', r -> 'source', r ->> 'isCurrent'
    from jsonb_array_elements(api.rebuilds()) with ordinality as t (r, ordinal)
    where t.ordinal < 3
    order by t.ordinal
    $$,
    $$
    values
    ('1003', 'running', 'loading', null, 30.0, 'null'::jsonb, '{}'::jsonb, 'null'::jsonb, 'false'),
    ('1002', 'refused', null, 'b.zip (of d.zip, https://host/a/b) is no zip file', 120.0, 'null', '{}', 'null', 'false')
    $$,
    'newest first: one under way, as far as its last sign of life; one that was refused'
);

select is_empty(
    $$
    select t.word from (values ('secret'), ('host:7'), ('because')) as t (word) where api.rebuilds()::text like '%' || t.word || '%'
    $$,
    'no path, no worker, no operator''s words'
);

select is_empty(
    $$
    select t.most, t.runs, jsonb_array_length(api.rebuilds(t.most)) as actual
    from (values (2, 2), (0, 0), (-1, 0), (1000, 3)) as t (most, runs)
    where jsonb_array_length(api.rebuilds(t.most)) <> t.runs
    $$,
    'as many as were asked for'
);

select * from finish();
rollback;
