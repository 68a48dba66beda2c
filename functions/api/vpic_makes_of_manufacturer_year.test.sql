-- needs: fixture
begin;
select plan(6);

select is(
    api.vpic_makes_of_manufacturer_year('aster', 2020)::jsonb,
    $$ [{"MakeId": 1, "MakeName": "ASTER", "MfrId": 1, "MfrName": "ASTER MOTORS"}, {"MakeId": 2, "MakeName": "BORA", "MfrId": 1, "MfrName": "ASTER MOTORS"}] $$::jsonb,
    'makes of its WMIs that year'
);
select is(
    api.vpic_makes_of_manufacturer_year('1', 1990)::jsonb,
    $$ [{"MakeId": 1, "MakeName": "ASTER", "MfrId": 1, "MfrName": "ASTER MOTORS"}] $$::jsonb,
    'by id; the other make was not yet there'
);
select is(
    api.vpic_makes_of_manufacturer_year('1', 1970)::jsonb,
    $$ [] $$::jsonb,
    'before all'
);
select is(
    api.vpic_makes_of_manufacturer_year('1', 0)::jsonb,
    $$ [] $$::jsonb,
    'no year at all'
);
select is(
    api.vpic_makes_of_manufacturer_year('nobody', 2020)::jsonb,
    $$ [] $$::jsonb,
    'an unknown one'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_makes_of_manufacturer_year(''aster'', 2020)', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
