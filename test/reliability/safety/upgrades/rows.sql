-- Rows for what a rebuild of the fixture leaves empty: what people and runs leave behind in months. By a superuser, who is past the policies.
insert into etl.run (source, source_detail, started_at, finished_at, status, reason, worker, forced_reason, peak_memory)
values
    ('nhtsa', '{"name": "vPICList_lite_2025_11.sql"}', '2025-11-16 02:00+00', '2025-11-16 02:01+00', 'failed', 'the disk was full', 'one:1', null, 1),
    ('nhtsa', '{"name": "vPICList_lite_2025_12.sql"}', '2025-12-14 02:00+00', '2025-12-14 02:02+00', 'refused', 'shrunken_table', 'one:1', 'who knows', 2);
insert into etl.refusal (run_id, check_name, reason, found) select r.run_id, 'shrunken_table', 'half of the makes', '{"lost": 6000}' from etl.run as r where r.status = 'refused';
insert into etl.rejection (run_id, table_name, reason, row_count, samples) select r.run_id, 'pattern', 'no schema', 2, '[[1, "A*"]]' from etl.run as r where r.status = 'refused';
insert into etl.finding (run_id, check_name, row_count, affected_count, base_count) select r.run_id, 'malformed_key', 1, 2, 3 from etl.run as r where r.status = 'refused';
insert into etl.canary (vin, vehicle_type_id, drawn_release_id) values ('1HGCM82633A004352', 2, 1) on conflict do nothing;
insert into etl.schedule (cron, timezone, source, next_at, max_age, worker, seen_at)
values ('0 2 * * 0', 'UTC', 'nhtsa', '2025-12-21 02:00+00', '10 days', 'one:1', '2025-12-20 11:00+00') on conflict do nothing;
insert into etl.action (action, subject, reason) values ('pin_release', 'auth0|operator', 'the fair'), ('request_rebuild', 'auth0|operator', 'new file');
insert into etl.job_request (action_id, kind, settled_at, outcome) select a.action_id, 'rebuild', now(), 'queued' from etl.action as a where a.action = 'request_rebuild';
insert into etl.pin (release_id, data_version, reason, pinned_by, pinned_at, expires_at, ended_at, ended_by, end_reason)
values (1, 'fixture-r1', 'the fair', 'auth0|operator', '2025-12-01', '2025-12-05', '2025-12-03', 'auth0|operator', 'over');
insert into catalog.memo (descriptor, model_year, clock_year, release_id, data_version, common)
select '1AAA2A1*FAA', 0, 2025, c.release_id, 'of then', '{}' from catalog.current_release as c;
