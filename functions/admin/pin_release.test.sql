begin;
select plan(14);

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

select throws_ok('select admin.pin_release(1, ''why'')', 'VP409', null, 'a release that is not the published one');
select throws_ok('select admin.pin_release(null, ''why'')', 'VP409', null, 'no release');
select throws_ok('select admin.pin_release(2, '''')', 'VP422', null, 'no reason');
select throws_ok('select admin.pin_release(2, ''why'', 0)', 'VP422', null, 'no time at all');
select throws_ok('select admin.pin_release(2, ''why'', 91)', 'VP422', null, 'longer than a quarter');
select is_empty('select * from admin.pin', 'leaves no pin');

select results_eq(
    $$ select action, subject, reason, detail from admin.pin_release(2, 'the fair is on') $$,
    $$ values ('pin release', 'ada', 'the fair is on', '{"releaseId": 2, "days": 14}'::jsonb) $$,
    'pinned for two weeks'
);
select results_eq(
    'select release_id, data_version, reason, pinned_by, expires_at = pinned_at + interval ''14 days'', is_in_force from admin.pin',
    $$ values (2, 'version-2', 'the fair is on', 'ada', true, true) $$,
    'who, why, until when'
);
select throws_ok('select admin.publish_release(1, ''why'')', 'VP409', null, 'nothing replaces it');
select throws_ok('select admin.roll_back(''why'')', 'VP409', null, 'not even a rollback');
select lives_ok('select admin.publish_release(2, ''why'')', 'itself may be published');
set local mvp_platform.subject = 'bob';
select lives_ok('select admin.pin_release(2, ''one more day'', 1)', 'pinned again');
select results_eq(
    'select reason, pinned_by, ended_by, end_reason, is_in_force from admin.pin order by pin_id',
    $$ values ('the fair is on', 'ada', 'bob', 'pinned anew', false), ('one more day', 'bob', null, null, true) $$,
    'the new one counts, the old one is remembered'
);

reset role;
update etl.pin set pinned_at = now() - interval '2 days', expires_at = now() - interval '1 day' where ended_at is null;
select results_eq(
    'select p.ended_by, p.is_in_force from admin.publish_release(1, ''why'') cross join lateral (select * from admin.pin where ended_by is null) as p',
    $$ values (null::text, false) $$,
    'a pin that has run out keeps nothing'
);

select * from finish();
rollback;
