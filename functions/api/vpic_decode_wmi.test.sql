-- needs: fixture
begin;
select plan(11);

select is(
    api.vpic_decode_wmi('1AC')::jsonb,
    $$ [{"CommonName": "", "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Make": "ASTER", "ManufacturerName": "ASTER MOTORS", "ParentCompanyName": "", "URL": "", "UpdatedOn": null, "VehicleType": "Truck"}, {"CommonName": "", "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Make": "BORA", "ManufacturerName": "ASTER MOTORS", "ParentCompanyName": "", "URL": "", "UpdatedOn": null, "VehicleType": "Truck"}] $$::jsonb,
    'a row for each make'
);
select is(
    api.vpic_decode_wmi(' 1ac ')::jsonb,
    $$ [{"CommonName": "", "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Make": "ASTER", "ManufacturerName": "ASTER MOTORS", "ParentCompanyName": "", "URL": "", "UpdatedOn": null, "VehicleType": "Truck"}, {"CommonName": "", "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Make": "BORA", "ManufacturerName": "ASTER MOTORS", "ParentCompanyName": "", "URL": "", "UpdatedOn": null, "VehicleType": "Truck"}] $$::jsonb,
    'in any case, with spaces around'
);
select is(
    api.vpic_decode_wmi('1AR')::jsonb,
    $$ [{"CommonName": "", "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Make": null, "ManufacturerName": null, "ParentCompanyName": "", "URL": "", "UpdatedOn": null, "VehicleType": null}] $$::jsonb,
    'one of which nothing else is known'
);
select is(
    api.vpic_decode_wmi('1A9001')::jsonb,
    $$ [{"CommonName": "", "CreatedOn": null, "DateAvailableToPublic": "2015-01-01", "Make": "STRAßE", "ManufacturerName": "STRAßE & SÖHNE", "ParentCompanyName": "", "URL": "", "UpdatedOn": null, "VehicleType": "Trailer"}] $$::jsonb,
    'six characters'
);
select is(
    api.vpic_decode_wmi('1AE')::jsonb,
    $$ [] $$::jsonb,
    'never published'
);
select is(
    api.vpic_decode_wmi('1AF')::jsonb,
    $$ [] $$::jsonb,
    'not yet published'
);
select is(
    api.vpic_decode_wmi('???')::jsonb,
    $$ [] $$::jsonb,
    'unknown'
);
select is(
    api.vpic_decode_wmi('')::jsonb,
    $$ [] $$::jsonb,
    'nothing'
);
select is(
    api.vpic_decode_wmi(null)::jsonb,
    $$ [] $$::jsonb,
    'nothing at all'
);

update catalog.wmi set created_on = '2015-03-23', updated_on = '2020-02-29' where wmi = '1AB';
select is(
    api.vpic_decode_wmi('1AB')::jsonb,
    $$ [{"CommonName": "", "CreatedOn": "2015-03-23", "DateAvailableToPublic": "2015-01-01", "Make": "ASTER", "ManufacturerName": "ASTER MOTORS", "ParentCompanyName": "", "URL": "", "UpdatedOn": "2020-02-29", "VehicleType": "Truck"}] $$::jsonb,
    'days without their times'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_decode_wmi(''1AC'')', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
