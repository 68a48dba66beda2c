-- needs: fixture
begin;
select plan(2);

set local role mvp_platform_graphql;
select is_empty('select * from admin.objection where check_name = ''empty_table''', 'no table is empty');
reset role;
delete from catalog.error_code;
set local role mvp_platform_graphql;
select results_eq(
    'select release_id, reason from admin.objection where check_name = ''empty_table''', $$ values (1, 'catalog.error_code is empty') $$,
    'what a gate says is told'
);

select * from finish();
rollback;
