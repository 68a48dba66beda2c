begin;
select plan(2);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$
begin
    perform etl.record_load(1001, 'make', 3, 100, array['createdon']);
    perform etl.record_load(1001, 'lookup', 0);
    perform etl.record_load(1001, 'model', 5, 50, '{}', 1.5);
end;
$$;

select results_eq(
    'select step, row_count, byte_count, detail, duration from etl.run_step where run_id = 1001 order by ordinal',
    $$
    values
        ('load make', 3::bigint, 100::bigint, '{"skippedColumns": ["createdon"]}'::jsonb, null::interval),
        ('load lookup', 0, null, '{"skippedColumns": []}', null),
        ('load model', 5, 50, '{"skippedColumns": []}', interval '1.5 seconds')
    $$,
    'one step a table; an empty table is noted too'
);

select throws_ok(
    $$ select etl.record_load(9999, 'make', 3) $$, '23503', null, 'a run that does not exist loads nothing'
);

select * from finish();
rollback;
