begin;
select plan(3);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
end;
$$;
insert into catalog.make (release_id, make_id, name) values (1, 1, 'A'), (1, 2, 'B'), (2, 1, 'A');

select set_eq(
    'select table_name from etl.count_rows(1)',
    $$ select relname::text from pg_class where relnamespace = 'catalog'::regnamespace and relkind = 'p' $$,
    'every table of a release'
);
select results_eq(
    'select c.row_count from generate_series(1, 3) as g cross join lateral etl.count_rows(g) as c where c.table_name = ''make'' order by g',
    array[2, 1, 0]::bigint[],
    'the rows of one release'
);
select is((select sum(row_count) from etl.count_rows(null)), 0::numeric, 'no release has no rows');

select * from finish();
rollback;
