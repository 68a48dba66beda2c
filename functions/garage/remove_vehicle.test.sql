begin;
select plan(5);

insert into garage.vehicles (vehicle_id, user_id, vin)
values ('00000000-0000-4000-8000-000000000001', 'alice', '1HGCM82633A004352');
set local role mvp_main_user;

select throws_ok(
    $$ select garage.remove_vehicle('bob', '00000000-0000-4000-8000-000000000001') $$, 'VP404', null, 'another''s is not there'
);
select lives_ok($$ select garage.remove_vehicle('alice', '00000000-0000-4000-8000-000000000001') $$, 'one''s own goes');
select throws_ok(
    $$ select garage.remove_vehicle('alice', '00000000-0000-4000-8000-000000000001') $$, 'VP404', null, 'once'
);
select throws_ok(
    $$ select garage.change_vehicle('alice', '00000000-0000-4000-8000-000000000001', '{}') $$, 'VP404', null,
    'and cannot be changed any more'
);
reset role;
select results_eq(
    'select is_active, deleted_at, vin from garage.vehicles', $$ values (false, now(), '1HGCM82633A004352') $$,
    'the row stays, with the time'
);

select * from finish();
rollback;
