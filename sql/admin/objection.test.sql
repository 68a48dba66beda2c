-- needs: data
begin;
select plan(2);

set local role mvp_platform_graphql;
select is_empty('select * from admin.objection', 'the real data passes every gate');
reset role;
delete from catalog.formula;
select isnt_empty(
    'select * from admin.objection where release_id = (select release_id from catalog.current_release) and check_name = ''empty_table''',
    'what a gate says is told'
);

select * from finish();
rollback;
