-- needs: fixture
begin;
select plan(6);

select is(
    api.vpic_makes_of_vehicle_type('car')::jsonb,
    $$ [{"MakeId": 1, "MakeName": "ASTER", "VehicleTypeId": 2, "VehicleTypeName": "Passenger Car"}, {"MakeId": 2, "MakeName": "BORA", "VehicleTypeId": 2, "VehicleTypeName": "Passenger Car"}, {"MakeId": 3, "MakeName": "STRAßE", "VehicleTypeId": 2, "VehicleTypeName": "Passenger Car"}] $$::jsonb,
    'by part of the name'
);
select is(
    api.vpic_makes_of_vehicle_type('6')::jsonb,
    $$ [{"MakeId": 3, "MakeName": "STRAßE", "VehicleTypeId": 6, "VehicleTypeName": "Trailer"}] $$::jsonb,
    'by id'
);
select is(
    api.vpic_makes_of_vehicle_type('tra')::jsonb,
    $$ [{"MakeId": 3, "MakeName": "STRAßE", "VehicleTypeId": 6, "VehicleTypeName": "Trailer"}] $$::jsonb,
    'part of a name'
);
select is(
    api.vpic_makes_of_vehicle_type('spaceship')::jsonb,
    $$ [] $$::jsonb,
    'an unknown one'
);
select is(
    api.vpic_makes_of_vehicle_type('%')::jsonb,
    $$ [] $$::jsonb,
    'no wildcard'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_makes_of_vehicle_type(''car'')', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
