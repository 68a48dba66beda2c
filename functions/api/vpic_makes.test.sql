-- needs: fixture
begin;
select plan(2);

select is(
    api.vpic_makes()::jsonb,
    $$ [{"Make_ID": 1, "Make_Name": "ASTER"}, {"Make_ID": 2, "Make_Name": "BORA"}, {"Make_ID": 3, "Make_Name": "STRAßE"}, {"Make_ID": 4, "Make_Name": "3"}] $$::jsonb,
    'every make, by id'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_makes()', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
