-- needs: data
begin;
select plan(5);

select is_empty('select * from etl.verify_release((select release_id from catalog.current_release))', 'the real data passes every gate');
select is_empty('select * from etl.verify_release()', 'it is the one that is meant when none is named');
select throws_ok('select * from etl.verify_release(99)', 'VP404', null, 'a release that is not there');

delete from catalog.formula;
delete from catalog.wmi where wmi = '1HG';
update catalog.wmi set vehicle_type_id = -1 where wmi = '1FT';
insert into etl.finding (run_id, check_name, row_count, affected_count, base_count)
select run_id, 'duplicate_pattern', 1, 2, 100 from catalog.release
on conflict (run_id, check_name) do update set affected_count = excluded.affected_count;
select results_eq(
    $$ select check_name, reason, found ->> 'release_id' from etl.verify_release((select release_id from catalog.current_release)) order by check_name, reason $$,
    $$
    values
        ('dangling_reference', (select format('segment.wmi_id: %s rows, such as %s', count(*), min(wmi_id)) from catalog.segment as s where not exists (select from catalog.wmi as w where w.wmi_id = s.wmi_id)), (select release_id::text from catalog.current_release)),
        ('dangling_reference', 'wmi.vehicle_type_id: 1 rows, such as -1', (select release_id::text from catalog.current_release)),
        ('excessive_finding', '2 of 799207 rows (allowed: 0.00 %), see admin.duplicate_pattern', (select release_id::text from catalog.current_release))
    $$,
    'each gate''s rows with the reason, and the row itself'
);

-- A gate that is in no list refuses nothing.
select set_eq(
    $$ select m.match[1] from regexp_matches((select p.prosrc from pg_proc as p where p.oid = 'etl.verify_release(int)'::regprocedure), 'from admin\.(\w+)', 'g') as m (match) $$,
    $$
    select c.relname::text
    from pg_class as c
    where c.relnamespace = 'admin'::regnamespace and c.relkind = 'v' and obj_description(c.oid, 'pg_class') like 'Gate: %'
    $$,
    'every gate is asked'
);

select * from finish();
rollback;
