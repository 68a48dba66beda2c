-- needs: fixture
begin;
select plan(3);

select is_empty('select * from admin.empty_table', 'a release that answers');
delete from catalog.pattern;
delete from catalog.formula;
select results_eq(
    'select release_id, table_name, reason from admin.empty_table', $$ values (1, 'pattern', 'catalog.pattern is empty') $$,
    'the patterns are missing; a release without formulas is none the worse'
);
insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
select cmp_ok((select count(*) from admin.empty_table where release_id = 2), '>', 8::bigint, 'a release of nothing');

select * from finish();
rollback;
