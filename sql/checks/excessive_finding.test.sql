begin;
select plan(2);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
end;
$$;
insert into etl.finding (run_id, check_name, row_count, affected_count, base_count)
values
    (1001, 'orphan_pattern', 1, 1, 1000), (1001, 'malformed_key', 1, 1, 1000), (1001, 'duplicate_pattern', 0, 0, 1000),
    (1001, 'wmi_without_make', 900, 900, 1000), (1001, 'orphan_make_model', 0, 0, 0),
    (1002, 'orphan_pattern', 2, 2, 1000), (1002, 'malformed_key', 1, 5, 1000), (1002, 'duplicate_pattern', 1, 2, 1000),
    (1002, 'orphan_schema_link', 1, 1, 0);

select is_empty('select * from admin.excessive_finding where release_id = 1', 'what is allowed; a check with a gate of its own');
select results_eq(
    'select finding, affected_count, base_count, reason from admin.excessive_finding where release_id = 2 order by finding',
    $$
    values
        ('duplicate_pattern', 2::bigint, 1000::bigint, '2 of 1000 rows (allowed: 0.00 %), see admin.duplicate_pattern'),
        ('malformed_key', 5, 1000, '5 of 1000 rows (allowed: 0.10 %), see admin.malformed_key'),
        ('orphan_pattern', 2, 1000, '2 of 1000 rows (allowed: 0.10 %), see admin.orphan_pattern'),
        ('orphan_schema_link', 1, 0, '1 of 0 rows (allowed: 0.10 %), see admin.orphan_schema_link')
    $$,
    'more than that, counted by the rows concerned'
);

select * from finish();
rollback;
