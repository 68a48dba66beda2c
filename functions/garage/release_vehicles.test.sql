begin;
select plan(2);

insert into garage.vehicles (vehicle_id, user_id, vin, is_read)
values
('00000000-0000-4000-8000-000000000001', 'alice', '1HGCM82633A000001', false),
('00000000-0000-4000-8000-000000000002', 'alice', '1HGCM82633A000002', true);
set local role mvp_main_worker;

select is_empty(
    $$
    select c.vin
    from garage.claim_vehicles(10) as c
    where garage.release_vehicles(array[c.vehicle_id, '00000000-0000-4000-8000-000000000002']) <> 1
    $$,
    'what was claimed is given back, and nothing else'
);
select results_eq('select vin from garage.claim_vehicles(10)', array['1HGCM82633A000001'], 'for the next to claim');

select * from finish();
rollback;
