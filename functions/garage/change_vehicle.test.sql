begin;
select plan(13);

insert into garage.vehicles (vehicle_id, user_id, vin, make, model, year, nickname, color, read_attempts)
values
('00000000-0000-4000-8000-000000000001', 'alice', '1HGCM82633A004352', 'HONDA', 'Accord', 2003, 'Blue', 'blue', 3),
('00000000-0000-4000-8000-000000000002', 'alice', '1HGCM82633A004353', 'HONDA', 'Accord', 2003, null, null, 0),
('00000000-0000-4000-8000-000000000003', 'alice', null, 'Ford', 'T', 1908, null, null, 0);
create function pg_temp.one() returns uuid language sql immutable return '00000000-0000-4000-8000-000000000001'::uuid;
create function pg_temp.shown(vehicle json) returns text language sql immutable return concat_ws(
    '/', vehicle ->> 'vin', coalesce(vehicle ->> 'make', '-'), coalesce(vehicle ->> 'model', '-'), coalesce(vehicle ->> 'year', '-'),
    coalesce(vehicle ->> 'nickname', '-'), coalesce(vehicle ->> 'color', '-')
);
set local role mvp_main_user;

select is(
    pg_temp.shown(garage.change_vehicle('alice', pg_temp.one(), '{"nickname": null, "color": "red"}')),
    '1HGCM82633A004352/HONDA/Accord/2003/-/red', 'what is named changes, null clears, the rest stays'
);
select is(
    pg_temp.shown(garage.change_vehicle('alice', pg_temp.one(), '{"make": "Acura", "vin": "1HGCM82633A004352"}')),
    '1HGCM82633A004352/Acura/Accord/2003/-/red', 'with the same VIN the owner has the last word'
);
select is(
    pg_temp.shown(garage.change_vehicle(
        'alice', pg_temp.one(), '{"vin": "5YJ3E1EA7KF000316", "make": "x", "model": "y"}', '5YJ3E1EA7KF000316',
        '{"make": "TESLA", "model": null, "year": 2019}', true
    )),
    '5YJ3E1EA7KF000316/TESLA/y/2019/-/red', 'with another VIN what it says, else what the owner says'
);
select results_eq(
    $$ select v.is_read, v.read_attempts from garage.vehicles as v where v.vehicle_id = pg_temp.one() $$, $$ values (true, 0) $$,
    'it is read'
);
select is(
    pg_temp.shown(garage.change_vehicle(
        'alice', pg_temp.one(), '{"vin": "1M8GDM9AXKP042788"}', '1HGCM82633A004352', '{"make": "HONDA", "year": 2003}', true
    )),
    '1M8GDM9AXKP042788/-/-/-/-/red', 'readings of another VIN do not count, and those of the old one are gone'
);
select is((select v.is_read from garage.vehicles as v where v.vehicle_id = pg_temp.one()), false, 'it is left to the completion');
select is(
    pg_temp.shown(garage.change_vehicle(
        'alice', pg_temp.one(), '{"vin": null, "make": "GM", "model": "PD-4104", "year": 1954}'
    )),
    'GM/PD-4104/1954/-/red', 'a VIN can go when the rest says what it is'
);
select is((select v.is_read from garage.vehicles as v where v.vehicle_id = pg_temp.one()), true, 'then there is nothing left to read');
select throws_ok(
    $$ select garage.change_vehicle('alice', '00000000-0000-4000-8000-000000000003', '{"model": null}') $$, 'VP400', null,
    'something must say what it is'
);
select throws_ok(
    $$ select garage.change_vehicle('alice', pg_temp.one(), '{"vin": "1HGCM82633A004353"}') $$, 'VP409', null, 'a VIN once a user'
);
select throws_ok(
    $$ select garage.change_vehicle('bob', pg_temp.one(), '{"nickname": "stolen"}') $$, 'VP404', null, 'another''s is not there'
);
select lives_ok(
    $$ select garage.change_vehicle('alice', pg_temp.one(), '{"user_id": "bob", "vehicle_id": "00000000-0000-4000-8000-000000000009"}') $$,
    'other columns are not looked at'
);
select is(
    (select count(*) from garage.vehicles as v where v.vehicle_id = pg_temp.one() and v.user_id = 'alice'), 1::bigint,
    'owner and id stay'
);

select * from finish();
rollback;
