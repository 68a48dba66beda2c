-- needs: fixture
begin;
select plan(4);

select is(
    api.vpic_makes_of_manufacturer('s')::jsonb,
    $$ [{"Make_ID": 1, "Make_Name": "ASTER", "Mfr_Name": "ASTER MOTORS"}, {"Make_ID": 3, "Make_Name": "STRAßE", "Mfr_Name": "STRAßE & SÖHNE"}] $$::jsonb,
    'of all whose name has it, by make'
);
select is(
    api.vpic_makes_of_manufacturer('2')::jsonb,
    $$ [{"Make_ID": 3, "Make_Name": "STRAßE", "Mfr_Name": "STRAßE & SÖHNE"}] $$::jsonb,
    'by id'
);
select is(
    api.vpic_makes_of_manufacturer('nobody')::jsonb,
    $$ [] $$::jsonb,
    'an unknown one'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_makes_of_manufacturer(''s'')', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
