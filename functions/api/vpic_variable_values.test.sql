-- needs: fixture
begin;
select plan(13);

select is(
    api.vpic_variable_values('battery type')::jsonb,
    $$ [{"ElementName": "Battery Type", "Id": 4, "Name": "Lithium-Ion/Li-Ion"}] $$::jsonb,
    'by name, in any case'
);
select is(
    api.vpic_variable_values(' 2 ')::jsonb,
    $$ [{"ElementName": "Battery Type", "Id": 4, "Name": "Lithium-Ion/Li-Ion"}] $$::jsonb,
    'by id'
);
select is(
    api.vpic_variable_values('Make')::jsonb,
    $$ [{"ElementName": "Make", "Id": 1, "Name": "ASTER"}, {"ElementName": "Make", "Id": 2, "Name": "BORA"}, {"ElementName": "Make", "Id": 3, "Name": "STRAßE"}, {"ElementName": "Make", "Id": 4, "Name": "3"}] $$::jsonb,
    'makes'
);
select is(
    api.vpic_variable_values('manufacturer name')::jsonb,
    $$ [{"ElementName": "Manufacturer Name", "Id": 1, "Name": "Aster Motors"}, {"ElementName": "Manufacturer Name", "Id": 2, "Name": "Straße & Söhne"}] $$::jsonb,
    'manufacturers'
);
select is(
    api.vpic_variable_values('model')::jsonb,
    $$ [{"ElementName": "Model", "Id": 11, "Name": "Alpha"}, {"ElementName": "Model", "Id": 12, "Name": "Beta"}, {"ElementName": "Model", "Id": 14, "Name": "Delta"}, {"ElementName": "Model", "Id": 15, "Name": "Epsilon"}, {"ElementName": "Model", "Id": 16, "Name": "11"}] $$::jsonb,
    'models, once each'
);
select is(
    api.vpic_variable_values('Plant Country')::jsonb,
    $$ [{"ElementName": "Plant Country", "Id": 2, "Name": "GERMANY"}] $$::jsonb,
    'countries'
);
select is(
    api.vpic_variable_values('39')::jsonb,
    $$ [{"ElementName": "Vehicle Type", "Id": 1, "Name": "Motorcycle"}, {"ElementName": "Vehicle Type", "Id": 2, "Name": "Passenger Car"}, {"ElementName": "Vehicle Type", "Id": 3, "Name": "Truck"}, {"ElementName": "Vehicle Type", "Id": 6, "Name": "Trailer"}, {"ElementName": "Vehicle Type", "Id": 7, "Name": "Multipurpose Passenger Vehicle (MPV)"}, {"ElementName": "Vehicle Type", "Id": 10, "Name": "Incomplete Vehicle"}, {"ElementName": "Vehicle Type", "Id": 13, "Name": "Off Road Vehicle"}] $$::jsonb,
    'vehicle types'
);
select is(
    api.vpic_variable_values('Trim')::jsonb,
    $$ [] $$::jsonb,
    'a variable without a lookup table'
);
select is(
    api.vpic_variable_values('type')::jsonb,
    $$ [] $$::jsonb,
    'part of a name is no name'
);
select is(
    api.vpic_variable_values('')::jsonb,
    $$ [] $$::jsonb,
    'nothing'
);
select is(
    api.vpic_variable_values('99999999999999')::jsonb,
    $$ [] $$::jsonb,
    'beyond all ids'
);

select is(
    (select count(*) from json_array_elements(api.vpic_variable_values('Error Code'))),
    (select count(*) from catalog.error_code),
    'error codes'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_variable_values(''battery type'')', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
