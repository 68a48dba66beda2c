begin;
select plan(4);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    update catalog.release set is_complete = true;
end;
$$;
insert into catalog.make (release_id, make_id, name) select 1, g, 'make ' || g from generate_series(1, 2000) as g;
insert into catalog.make (release_id, make_id, name) select 2, g, 'make ' || g from generate_series(1, 1900) as g;
insert into catalog.vehicle_type (release_id, vehicle_type_id, name) select 1, g, 'type ' || g from generate_series(1, 49) as g;

select is_empty('select * from admin.shrunken_table', 'the first release has nothing to be compared with');
do $$ begin perform etl.publish(1); end; $$;
select is_empty('select * from admin.shrunken_table', 'a twentieth less; a small table that is gone');
delete from catalog.make where release_id = 2 and make_id = 1900;
select results_eq(
    'select release_id, previous_release_id, table_name, rows_before, rows_now, reason from admin.shrunken_table',
    $$ values (2, 1, 'make', 2000::bigint, 1899::bigint, 'catalog.make lost 101 of 2000 rows, 5.1 % (allowed: 5.0 %)') $$,
    'one more'
);
insert into catalog.make (release_id, make_id, name) select 2, 10000 + g, 'make ' || g from generate_series(1, 9000) as g;
select is_empty('select * from admin.shrunken_table', 'growth is welcome');

select * from finish();
rollback;
