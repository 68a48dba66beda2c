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
set local mvp_platform.subject = 'auth0|ada';

select throws_ok('select admin.publish_release(99, ''why'')', 'VP404', null, 'a release that is not there');
select throws_ok('select admin.publish_release(1, '' '')', 'VP422', null, 'without a reason');
select is((select release_id from admin.release where is_current), 2, 'a refusal publishes nothing');
select results_eq(
    $$ select action, subject, login = session_user, reason, detail from admin.publish_release(1, ' as in the ticket ') $$,
    $$ values ('publish release', 'auth0|ada', true, 'as in the ticket', '{"releaseId": 1, "dataVersion": "version-1"}'::jsonb) $$,
    'published; who and why is on record'
);
select is((select release_id from admin.release where is_current), 1, 'for everybody');

select * from finish();
rollback;
