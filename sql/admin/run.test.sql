begin;
select plan(5);

insert into etl.run (run_id, source, status, started_at, finished_at, reason)
overriding system value
values
    (1001, 'bundled', 'published', '2026-01-01 02:00+00', '2026-01-01 02:01+00', null),
    (1002, 'nhtsa', 'failed', '2026-01-08 02:00+00', '2026-01-08 02:00:10+00', 'the host is away'),
    (1003, 'nhtsa', 'running', now() - interval '1 hour', null, null);
insert into catalog.release (release_id, run_id, data_version, source) values (1, 1001, 'version-1', 'bundled');
insert into etl.run_step (run_id, step, row_count, byte_count, started_at, duration)
values
    (1001, 'load make', 10, 100, '2026-01-01 02:00:10+00', null), (1001, 'load model', 20, 200, '2026-01-01 02:00:20+00', null),
    (1001, 'wmis', 5, null, '2026-01-01 02:00:30+00', '7 seconds');

select results_eq(
    $$
    select
        run_id, source, status, duration, reason, release_id, data_version, loaded_rows, loaded_bytes, last_step,
        last_step_at = '2026-01-01 02:00:37+00'
    from admin.run where run_id < 1003 order by run_id
    $$,
    $$
    values
        (1001, 'bundled', 'published', interval '1 minute', null, 1, 'version-1', 30::bigint, 300::bigint, 'wmis', true),
        (1002, 'nhtsa', 'failed', interval '10 seconds', 'the host is away', null, null, null, null, null, null)
    $$,
    'what a run loaded, how far it came, how long it took and how it ended'
);
select ok(
    (select duration between interval '1 hour' and interval '2 hours' from admin.run where run_id = 1003), 'a run that is on has taken until now'
);
select is((select count(*) from admin.run), 3::bigint, 'one row a run');

update etl.run
set progress = '{"step": "loading", "done": 0.2, "share": 0.4, "rows": 25, "totalRows": 100, "bytes": 9, "totalBytes": null}'
where run_id = 1003;
select results_eq(
    'select run_id, current_step, percent from admin.run where run_id >= 1002 order by run_id',
    $$ values (1002, null, null), (1003, 'loading', 30) $$,
    'how far a run is that is on'
);
update etl.run
set changes = '{"dataVersion": "version-9", "previousDataVersion": null, "tables": {}, "names": {}}', forced_reason = 'because'
where run_id = 1002;
select results_eq(
    'select data_version, report ~ ''version-9'', forced_reason from admin.run where run_id = 1002', $$ values ('version-9', true, 'because') $$,
    'what changed, also when the release is gone'
);

select * from finish();
rollback;
