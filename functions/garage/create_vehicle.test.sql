begin;
select plan(9);
set local role mvp_main_user;

create temporary table made as
select garage.create_vehicle(
    'alice', '{"vin": "1HGCM82633A004352", "make": "Hnda", "color": "blue", "user_id": "bob", "is_active": false}',
    '{"make": "HONDA", "model": "Accord", "year": 2003}', true
)::jsonb as vehicle;
select is(m.vehicle ->> 'make', 'HONDA', 'what the VIN says wins') from made as m;
select is(m.vehicle ->> 'userId', 'alice', 'the user is the one who asks, whatever the values say') from made as m;
select is(m.vehicle ->> 'isActive', 'true', 'a new vehicle is active') from made as m;
select is(
    (garage.create_vehicle(
        'alice', '{"vin": "1HGCM82633A004353", "make": "Honda"}', '{"make": null, "year": 2003}', false
    ))::jsonb - array['id', 'createdAt', 'updatedAt'],
    '{
        "userId": "alice", "vin": "1HGCM82633A004353", "make": "Honda", "model": null, "year": 2003, "nickname": null,
        "color": null, "licensePlate": null, "odometerReading": null, "isActive": true
    }',
    'what it does not say is the user''s word'
);
select throws_ok(
    $$ select garage.create_vehicle('alice', '{"vin": "1HGCM82633A004352"}', '{}', true) $$, 'VP409', null, 'a VIN once a user'
);
select lives_ok(
    $$ select garage.create_vehicle('bob', '{"vin": "1HGCM82633A004352"}', '{}', true) $$, 'another user may have it too'
);
select lives_ok(
    $$
    select garage.create_vehicle('alice', '{"make": "Ford", "model": "T", "year": 1908}', '{}', true);
    select garage.create_vehicle('alice', '{"make": "Ford", "model": "T", "year": 1908}', '{}', true)
    $$,
    'without a VIN nothing says that two are one'
);
select throws_ok(
    $$ select garage.create_vehicle('', '{"vin": "1HGCM82633A004352"}', '{}', true) $$, '23514', null, 'nobody owns nothing'
);
select garage.remove_vehicle('alice', (m.vehicle ->> 'id')::uuid) from made as m;
select lives_ok(
    $$ select garage.create_vehicle('alice', '{"vin": "1HGCM82633A004352"}', '{}', true) $$, 'the VIN of a deleted vehicle is free'
);

select * from finish();
rollback;
