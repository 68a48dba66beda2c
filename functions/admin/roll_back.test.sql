begin;
select plan(5);

insert into etl.run (run_id, source, status)
overriding system value
values (1001, 'a', 'checked'), (1002, 'b', 'checked');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    update catalog.release set is_complete = true, data_version = 'version-' || release_id;
    perform etl.publish(1);
    perform etl.publish(2);
end;
$$;
set local role mvp_platform_graphql;
set local mvp_platform.subject = 'ada';

select throws_ok('select admin.roll_back(null)', 'VP422', null, 'without a reason');
select results_eq(
    $$ select action, subject, detail from admin.roll_back('wrong models') $$,
    $$ values ('roll back', 'ada', '{"dataVersion": "version-1"}'::jsonb) $$,
    'back to the release before'
);
select is((select release_id from admin.release where is_current), 1, 'which is published');
select throws_ok('select admin.roll_back(''once more'')', 'VP404', null, 'there is none before it');
select results_eq('select action, reason from admin.action', $$ values ('roll back', 'wrong models') $$, 'what did not happen is not on record');

select * from finish();
rollback;
