begin;
select plan(3);

insert into garage.vehicles (vehicle_id, user_id, vin, is_read, read_attempts)
values
('00000000-0000-4000-8000-000000000001', 'alice', '1HGCM82633A000001', false, 0),
('00000000-0000-4000-8000-000000000002', 'alice', '1HGCM82633A000002', false, 3),
('00000000-0000-4000-8000-000000000003', 'alice', '1HGCM82633A000003', false, 100000),
('00000000-0000-4000-8000-000000000004', 'alice', '1HGCM82633A000004', true, 0);
set local role mvp_main_worker;

select is(
    garage.postpone_vehicles(
        array[
            '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002',
            '00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000004'
        ]::uuid[]
    ),
    3, 'those that still wait'
);
reset role;
select results_eq(
    'select read_after - now(), read_attempts from garage.vehicles where not is_read order by vin',
    $$ values (interval '1 minute', 1), (interval '8 minutes', 4), (interval '1 day', 100001) $$,
    'after 1, 2, 4, 8 minutes, a day at most'
);
select is((select read_attempts from garage.vehicles where is_read), 0, 'a vehicle that was read is left alone');

select * from finish();
rollback;
