begin;
select plan(4);

select is(
    etl.render_status(),
    E'data        none yet: mvp-vehicles etl run\n'
    'last good   never\n'
    'next        not scheduled: no worker has ever started\n'
    'releases    none',
    'an empty database'
);

insert into etl.run (run_id, source, status, started_at, finished_at, reason, forced_reason, peak_memory, progress, changes)
overriding system value
values
    (1001, 'bundled', 'published', '2026-01-04 02:00+00', '2026-01-04 02:01:05+00', null, null, 210000000, null, null),
    (1002, 'nhtsa', 'published', '2026-01-11 02:00+00', '2026-01-11 02:02+00', null, 'checked by hand', null, null,
        '{"dataVersion": "version-2", "previousDataVersion": "version-1", "tables": {"make": {"rows": 12, "change": 1}}, "names": {}}'),
    (1003, 'nhtsa', 'refused', '2026-01-18 02:00+00', '2026-01-18 02:03+00', 'lost_make: too many', null, null, null, null);
insert into etl.run_step (run_id, step, row_count) values (1001, 'load make', 1000), (1001, 'load model', 234), (1001, 'wmis', 5);
insert into catalog.release (release_id, run_id, data_version, source, built_at, is_complete)
values (1, 1001, 'version-1', 'bundled', '2026-01-04 02:01+00', true), (2, 1002, 'version-2', 'nhtsa', '2026-01-11 02:01+00', true);
do $$
begin
    perform etl.publish(1);
    perform etl.publish(2);
end;
$$;
insert into etl.schedule (cron, timezone, source, next_at, max_age, worker) values ('0 2 * * 0', 'UTC', 'nhtsa', '2026-01-25 02:00+00', '10000 days', 'host:7');
select is(
    etl.render_status(),
    E'data        version-2 from nhtsa, built 2026-01-11 02:01 UTC\n'
    'last good   2026-01-11 02:02 UTC\n'
    'next        2026-01-25 02:00 UTC (0 2 * * 0, UTC), by host:7\n'
    'releases    version-2 (current), version-1 (for a rollback)\n'
    'run 1003    2026-01-18 02:00 UTC refused, nhtsa, 00:03:00, lost_make: too many\n'
    'run 1002    2026-01-11 02:00 UTC published, nhtsa, 00:02:00, forced: checked by hand\n'
    'run 1001    2026-01-04 02:00 UTC published, bundled, 00:01:05, 1,234 rows, 210 MB of memory\n'
    'changes     data version version-2, before: version-1\n'
    '            makes 12 (+1)',
    'what there is, what happened, what changed'
);

update etl.schedule set seen_at = '2026-01-20 10:00+00', max_age = '10 days';
insert into etl.run (run_id, source, progress) overriding system value values (1004, 'nhtsa', '{"step": "compiling"}');
select is(
    regexp_replace(etl.render_status(), '.*(last good[^\n]*\nnext[^\n]*)\n.*(run 1004) [^\n]* UTC (running, compiling, nhtsa).*', '\1 \2 \3'),
    E'last good   2026-01-11 02:02 UTC, too long ago (allowed: 10 days)\n'
    'next        2026-01-25 02:00 UTC (0 2 * * 0, UTC), but no worker has been seen since 2026-01-20 10:00 UTC run 1004 running, compiling, nhtsa',
    'what is wrong; what is on'
);

do $$
begin
    perform set_config('mvp_platform.subject', 'ada', true);
    perform admin.pin_release(2, 'the fair is on');
end;
$$;
select matches(
    etl.render_status(), E'\npinned      until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC by ada: the fair is on\n',
    'a pin: until when, by whom, why'
);

select * from finish();
rollback;
