-- needs: fixture
begin;
select plan(8);

select is(
    api.vpic_manufacturers()::jsonb,
    $$ [{"Country": null, "Mfr_CommonName": null, "Mfr_ID": 1, "Mfr_Name": "ASTER MOTORS", "VehicleTypes": [{"IsPrimary": false, "Name": "Passenger Car"}, {"IsPrimary": false, "Name": "Truck"}, {"IsPrimary": false, "Name": "Multipurpose Passenger Vehicle (MPV)"}, {"IsPrimary": false, "Name": "Incomplete Vehicle"}, {"IsPrimary": false, "Name": "Off Road Vehicle"}]}, {"Country": null, "Mfr_CommonName": null, "Mfr_ID": 2, "Mfr_Name": "STRAßE & SÖHNE", "VehicleTypes": [{"IsPrimary": false, "Name": "Motorcycle"}, {"IsPrimary": false, "Name": "Trailer"}]}] $$::jsonb,
    'the first page, by id, names in upper case'
);
select is(
    api.vpic_manufacturers(null)::jsonb,
    $$ [{"Country": null, "Mfr_CommonName": null, "Mfr_ID": 1, "Mfr_Name": "ASTER MOTORS", "VehicleTypes": [{"IsPrimary": false, "Name": "Passenger Car"}, {"IsPrimary": false, "Name": "Truck"}, {"IsPrimary": false, "Name": "Multipurpose Passenger Vehicle (MPV)"}, {"IsPrimary": false, "Name": "Incomplete Vehicle"}, {"IsPrimary": false, "Name": "Off Road Vehicle"}]}, {"Country": null, "Mfr_CommonName": null, "Mfr_ID": 2, "Mfr_Name": "STRAßE & SÖHNE", "VehicleTypes": [{"IsPrimary": false, "Name": "Motorcycle"}, {"IsPrimary": false, "Name": "Trailer"}]}] $$::jsonb,
    'no page is the first'
);
select is(
    api.vpic_manufacturers(0)::jsonb,
    $$ [{"Country": null, "Mfr_CommonName": null, "Mfr_ID": 1, "Mfr_Name": "ASTER MOTORS", "VehicleTypes": [{"IsPrimary": false, "Name": "Passenger Car"}, {"IsPrimary": false, "Name": "Truck"}, {"IsPrimary": false, "Name": "Multipurpose Passenger Vehicle (MPV)"}, {"IsPrimary": false, "Name": "Incomplete Vehicle"}, {"IsPrimary": false, "Name": "Off Road Vehicle"}]}, {"Country": null, "Mfr_CommonName": null, "Mfr_ID": 2, "Mfr_Name": "STRAßE & SÖHNE", "VehicleTypes": [{"IsPrimary": false, "Name": "Motorcycle"}, {"IsPrimary": false, "Name": "Trailer"}]}] $$::jsonb,
    'and so is none that there is'
);
select is(
    api.vpic_manufacturers(2)::jsonb,
    $$ [] $$::jsonb,
    'no second page'
);
select is(
    api.vpic_manufacturers(999999999)::jsonb,
    $$ [] $$::jsonb,
    'nor one so far'
);
select is(
    api.vpic_manufacturers(1, 'Completed')::jsonb,
    $$ [] $$::jsonb,
    'types are not known: none is found'
);

insert into catalog.manufacturer (release_id, manufacturer_id, name)
select decoder.current_release_id(), n, 'No. ' || n from generate_series(3, 150) as n;
select results_eq(
    $$
    select p.page, json_array_length(p.list), p.list -> 0 ->> 'Mfr_ID', p.list -> -1 ->> 'Mfr_ID'
    from (select n as page, api.vpic_manufacturers(n) as list from generate_series(1, 2) as n) as p
    $$,
    $$ values (1, 100, '1', '100'), (2, 50, '101', '150') $$,
    'a hundred a page'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_manufacturers()', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
