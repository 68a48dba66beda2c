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

select throws_ok('select admin.unpin_release(''why'')', 'VP404', null, 'nothing is pinned');
select lives_ok('select admin.pin_release(2, ''the fair is on'')', 'something is');
select throws_ok('select admin.unpin_release(null)', 'VP422', null, 'without a reason');
select results_eq(
    $$ select action, reason, detail ->> 'releaseId' from admin.unpin_release('the fair is over') $$,
    $$ values ('unpin release', 'the fair is over', '2') $$,
    'on record'
);
select lives_ok('select admin.publish_release(1, ''why'')', 'other releases may be published again');

select * from finish();
rollback;
