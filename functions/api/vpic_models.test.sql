-- needs: fixture
begin;
select plan(6);

select is(
    api.vpic_models('ASTER')::jsonb,
    $$ [{"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 11, "Model_Name": "Alpha"}, {"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 12, "Model_Name": "Beta"}, {"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 15, "Model_Name": "Epsilon"}, {"Make_ID": 1, "Make_Name": "ASTER", "Model_ID": 16, "Model_Name": "11"}] $$::jsonb,
    'every model, by id'
);
select is(
    api.vpic_models('ra')::jsonb,
    $$ [{"Make_ID": 2, "Make_Name": "BORA", "Model_ID": 12, "Model_Name": "Beta"}, {"Make_ID": 3, "Make_Name": "STRAßE", "Model_ID": 14, "Model_Name": "Delta"}] $$::jsonb,
    'of all makes whose name has it'
);
select is(
    api.vpic_models(null, 2)::jsonb,
    $$ [{"Make_ID": 2, "Make_Name": "BORA", "Model_ID": 12, "Model_Name": "Beta"}] $$::jsonb,
    'by the make''s id'
);
select is(
    api.vpic_models('nobody')::jsonb,
    $$ [] $$::jsonb,
    'an unknown make'
);
select is(
    api.vpic_models('')::jsonb,
    $$ [] $$::jsonb,
    'nothing'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_models(''ASTER'')', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
