begin;
select plan(4);

insert into garage.vehicles (vehicle_id, user_id, vin, is_active, deleted_at)
values
('00000000-0000-4000-8000-000000000001', 'alice', '1HGCM82633A004352', true, null),
('00000000-0000-4000-8000-000000000002', 'alice', '1HGCM82633A004353', false, now());
set local role mvp_main_user;

select is(
    garage.find_vehicle('alice', '00000000-0000-4000-8000-000000000001') ->> 'vin', '1HGCM82633A004352', 'one''s own is found'
);
select throws_ok(
    $$ select garage.find_vehicle('bob', '00000000-0000-4000-8000-000000000001') $$, 'VP404', null, 'another''s is as if it were not there'
);
select throws_ok(
    $$ select garage.find_vehicle('alice', '00000000-0000-4000-8000-000000000002') $$, 'VP404', null, 'nor is a deleted one'
);
select throws_ok(
    $$ select garage.find_vehicle('alice', '00000000-0000-4000-8000-000000000003') $$, 'VP404', null, 'nor one that never was'
);

select * from finish();
rollback;
