-- needs: fixture
begin;
select plan(10);

select is(
    api.vpic_wmis('straße')::jsonb,
    $$ [{"Country": null, "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Id": 2, "Name": "Straße & Söhne", "UpdatedOn": null, "VehicleType": "Motorcycle", "WMI": "1AD"}, {"Country": null, "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Id": 2, "Name": "Straße & Söhne", "UpdatedOn": null, "VehicleType": "Trailer", "WMI": "1A9001"}] $$::jsonb,
    'of a manufacturer, its name as NHTSA writes it'
);
select is(
    api.vpic_wmis('2', 'moto')::jsonb,
    $$ [{"Country": null, "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Id": 2, "Name": "Straße & Söhne", "UpdatedOn": null, "VehicleType": "Motorcycle", "WMI": "1AD"}] $$::jsonb,
    'and of a type'
);
select is(
    api.vpic_wmis(null, '6')::jsonb,
    $$ [{"Country": null, "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Id": 2, "Name": "Straße & Söhne", "UpdatedOn": null, "VehicleType": "Trailer", "WMI": "1A9001"}] $$::jsonb,
    'of a type by its id, whoever makes it'
);
select is(
    api.vpic_wmis('aster', 'mpv')::jsonb,
    $$ [{"Country": null, "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Id": 1, "Name": "Aster Motors", "UpdatedOn": null, "VehicleType": "Multipurpose Passenger Vehicle (MPV)", "WMI": "1AM"}] $$::jsonb,
    'both by part of their names'
);
select is(
    api.vpic_wmis('2', 'car')::jsonb,
    $$ [] $$::jsonb,
    'none of the type'
);
select is(
    api.vpic_wmis('nobody')::jsonb,
    $$ [] $$::jsonb,
    'an unknown manufacturer'
);
select is(
    api.vpic_wmis('2', 'spaceship')::jsonb,
    $$ [] $$::jsonb,
    'an unknown type'
);
select is(
    api.vpic_wmis('')::jsonb,
    $$ [] $$::jsonb,
    'nothing'
);

select is_empty(
    $$ select w.value from json_array_elements(api.vpic_wmis('aster')) as w where w.value ->> 'WMI' in ('1AE', '1AF') $$,
    'not those that are not public'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_wmis(''straße'')', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
