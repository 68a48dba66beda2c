begin;
select plan(2);

insert into garage.vehicles (vehicle_id, user_id, vin, make, model, is_read)
values
('00000000-0000-4000-8000-000000000001', 'alice', '1HGCM82633A000001', 'hnda', 'Civic', false),
('00000000-0000-4000-8000-000000000002', 'bob', '1HGCM82633A000002', null, null, false),
('00000000-0000-4000-8000-000000000003', 'bob', '1HGCM82633A000003', 'mine', null, true);
set local role mvp_main_worker;

select is(
    garage.complete_vehicles(
        array['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003']::uuid[],
        array['1HGCM82633A000001', '1HGCM82633A000009', '1HGCM82633A000003'], array['HONDA', 'HONDA', 'HONDA'],
        array[null, 'Accord', 'Accord'], array[2003, 2003, 2003]
    ),
    1, 'those that still wait for this VIN'
);
reset role;
select set_eq(
    'select vin, make, model, year, is_read from garage.vehicles',
    $$
    values
    ('1HGCM82633A000001', 'HONDA', 'Civic', 2003, true), ('1HGCM82633A000002', null, null, null, false),
    ('1HGCM82633A000003', 'mine', null, null, true)
    $$,
    'the VIN''s word wins, the owner''s stays where it is silent; another VIN and a vehicle already read are left alone'
);

select * from finish();
rollback;
