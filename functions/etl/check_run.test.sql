begin;
select plan(11);

insert into etl.run (run_id, source, status, forced_reason)
overriding system value
values (1001, 'good', 'compiled', null), (1002, 'bad', 'compiled', null), (1003, 'bad', 'compiled', 'NHTSA said so'), (1004, 'running', 'running', null);
do $$
begin
    for run_id in 1001 .. 1004 loop
        perform etl.begin_release(run_id);
    end loop;
    update catalog.release set is_complete = true, data_version = 'version-' || release_id;
end;
$$;
-- A row in each table that must have one, in the first release.
insert into catalog.element (release_id, element_id, name, group_rank, weight, is_multivalued, is_emitted, is_pattern_value)
values (1, 28, 'Model', 1, 1, false, true, true);
insert into catalog.error_code (release_id, error_code, name, weight) values (1, 0, 'x', 0);
insert into catalog.vehicle_type (release_id, vehicle_type_id, name) values (1, 2, 'Car');
insert into catalog.wmi (release_id, wmi, wmi_id, vehicle_type_id, is_light, make_ids) values (1, '1HG', 1, 2, true, '{1}');
insert into catalog.segment (release_id, wmi_id, year_from, year_to, schema_ids, link_years, valid_characters, has_formula, looks_past_descriptor)
values (1, 1, 2000, 2001, '{1}', '{2000}', '{}', false, false);
insert into catalog.pattern_key (release_id, key_id, schema_id, keys, symbols, used_positions, is_formula)
values (1, 1, 1, 'A', decoder.key_symbols('A'), 0, false);
insert into catalog.pattern (release_id, key_id, pattern_id, element_id, slot, rank, value_id) values (1, 1, 1, 28, 0, 1, '1');
insert into catalog.make (release_id, make_id, name) values (1, 1, 'ASTER');
insert into catalog.model (release_id, make_id, model_id, name) values (1, 1, 1, 'Alpha');
insert into catalog.model_make (release_id, model_id, make_id, make_name) values (1, 1, 1, 'ASTER');
insert into catalog.schema_name (release_id, schema_id, name) values (1, 1, 'x');
insert into vpic.make_model (id, makeid, modelid) values (1, 1, 1);

select throws_ok('select etl.check_run(1004)', 'VP422', null, 'a run that is not compiled');
select throws_ok('select etl.check_run(null)', 'VP422', null, 'no run');

-- The raw row without its make and model would refuse it: 1 of 1.
savepoint orphan;
select is(
    etl.check_run(1001), 'excessive_finding: 1 of 1 rows (allowed: 0.10 %), see admin.orphan_make_model', 'a finding on the raw rows refuses'
);
rollback to savepoint orphan;
delete from vpic.make_model;

select is(etl.check_run(1001), null, 'a release that is whole is let through');
select results_eq(
    $$
    select r.status, r.finished_at, r.reason, r.changes ->> 'dataVersion', (select s.detail from etl.run_step as s where s.run_id = 1001 and s.step = 'check'),
        (select count(*) > 5 from etl.finding as f where f.run_id = 1001)
    from etl.run as r where r.run_id = 1001
    $$,
    $$ values ('checked', null::timestamptz, null::text, 'version-1', '{"refusals": 0, "isForced": false}'::jsonb, true) $$,
    'with what was found, and what it changes'
);
do $$ begin perform etl.publish(1); end; $$;

select is(
    etl.check_run(1002),
    'empty_table: catalog.element is empty; empty_table: catalog.error_code is empty; empty_table: catalog.make is empty; 8 more, see admin.refusal',
    'one that is empty is not'
);
select results_eq(
    $$ select status, finished_at is not null, reason ~ '^empty_table: ' from etl.run where run_id = 1002 $$,
    $$ values ('refused', true, true) $$,
    'the run says why'
);
select is_empty('select from catalog.release where run_id = 1002', 'its release is gone');
select is_empty(
    $$ select from etl.refusal where run_id = 1002 and (check_name <> 'empty_table' or is_overridden or found ->> 'release_id' <> '2') $$,
    'each reason is kept with its row'
);

select is(etl.check_run(1003), null, 'by force it is');
select results_eq(
    $$ select distinct f.is_overridden, r.status, r.forced_reason from etl.refusal as f inner join etl.run as r on r.run_id = f.run_id where r.run_id = 1003 $$,
    $$ values (true, 'checked', 'NHTSA said so') $$,
    'what objected is kept, and why it was overridden'
);

select * from finish();
rollback;
