-- needs: fixture
begin;
select plan(5);

select is(
    api.vpic_vehicle_types('BORA')::jsonb,
    $$ [{"MakeId": 2, "MakeName": "BORA", "VehicleTypeId": 2, "VehicleTypeName": "Passenger Car"}, {"MakeId": 2, "MakeName": "BORA", "VehicleTypeId": 3, "VehicleTypeName": "Truck"}, {"MakeId": 2, "MakeName": "BORA", "VehicleTypeId": 7, "VehicleTypeName": "Multipurpose Passenger Vehicle (MPV)"}] $$::jsonb,
    'by part of the name'
);
select is(
    api.vpic_vehicle_types(null, 3)::jsonb,
    $$ [{"VehicleTypeId": 2, "VehicleTypeName": "Passenger Car"}, {"VehicleTypeId": 3, "VehicleTypeName": "Truck"}, {"VehicleTypeId": 6, "VehicleTypeName": "Trailer"}] $$::jsonb,
    'by id: the make is not repeated'
);
select is(
    api.vpic_vehicle_types(null, 4)::jsonb,
    $$ [] $$::jsonb,
    'a make without vehicles'
);
select is(
    api.vpic_vehicle_types('nobody')::jsonb,
    $$ [] $$::jsonb,
    'an unknown make'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_vehicle_types(''BORA'')', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
