-- needs: fixture
begin;
select plan(10);

select is(
    api.vpic_models_of_year('aster', null, 1990)::jsonb,
    $$ [{"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 11, "Model_Name": "Alpha"}] $$::jsonb,
    'a year'
);
select is(
    api.vpic_models_of_year('aster', null, 2020, 'car')::jsonb,
    $$ [{"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 11, "Model_Name": "Alpha", "VehicleTypeId": 2, "VehicleTypeName": "Passenger Car"}, {"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 12, "Model_Name": "Beta", "VehicleTypeId": 2, "VehicleTypeName": "Passenger Car"}] $$::jsonb,
    'a year and a type, which the rows then name'
);
select is(
    api.vpic_models_of_year('aster', null, null, '7')::jsonb,
    $$ [{"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 11, "Model_Name": "Alpha", "VehicleTypeId": 7, "VehicleTypeName": "Multipurpose Passenger Vehicle (MPV)"}, {"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 15, "Model_Name": "Epsilon", "VehicleTypeId": 7, "VehicleTypeName": "Multipurpose Passenger Vehicle (MPV)"}] $$::jsonb,
    'a type by its id, in any year'
);
select is(
    api.vpic_models_of_year(null, 2, 2020)::jsonb,
    $$ [{"Make_ID": 2, "Make_Name": "BORA", "Model_ID": 12, "Model_Name": "Beta"}] $$::jsonb,
    'a make by its id; each model once'
);
select is(
    api.vpic_models_of_year('aster', null, 1970)::jsonb,
    $$ [] $$::jsonb,
    'before all'
);
select is(
    api.vpic_models_of_year('aster', null, 1990, 'car')::jsonb,
    $$ [] $$::jsonb,
    'a truck of 1990 and a car of 2020 are no car of 1990'
);
select is(
    api.vpic_models_of_year('aster', null, 2020, 'spaceship')::jsonb,
    $$ [] $$::jsonb,
    'an unknown type'
);
select is(
    api.vpic_models_of_year('aster', null, 2020, '')::jsonb,
    $$ [] $$::jsonb,
    'a blank type is none'
);
select is(
    api.vpic_models_of_year('nobody', null, 2020)::jsonb,
    $$ [] $$::jsonb,
    'an unknown make'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_models_of_year(''aster'', null, 1990)', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
