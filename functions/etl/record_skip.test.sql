begin;
select plan(2);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$
begin
    perform etl.record_load(1001, 'make', 3, 100);
    perform etl.record_skip(1001, 'wmiyearvalidchars', 8808281, 190000000, array['id', 'wmi']);
end;
$$;

select results_eq(
    $$ select step, row_count, byte_count, detail from etl.run_step where run_id = 1001 and step like 'skip %' $$,
    $$ values ('skip wmiyearvalidchars', 8808281::bigint, 190000000::bigint, '{"skippedColumns": ["id", "wmi"]}'::jsonb) $$,
    'a table that was passed over, with its size'
);
select is((select loaded_rows from admin.run where run_id = 1001), 3::bigint, 'it does not count as loaded');

select * from finish();
rollback;
