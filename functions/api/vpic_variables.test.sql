-- needs: fixture
begin;
select plan(3);

select results_eq(
    $$ select (v.value ->> 'ID')::int from json_array_elements(api.vpic_variables()) as v $$,
    'select element_id from catalog.element where is_emitted or is_extended order by element_id',
    'the variables of DecodeVinExtended, by id'
);
update catalog.element set description = '<p>Doors & more.</p>' where element_id = 14;
select is(
    (select v.value::jsonb from json_array_elements(api.vpic_variables()) as v where (v.value ->> 'ID')::int = 14),
    '{"DataType": "int", "Description": "<p>Doors & more.</p>", "GroupName": "Exterior / Body", "ID": 14, "Name": "Doors"}'::jsonb,
    'what is said about each'
);
delete from catalog.current_release;
select throws_ok('select api.vpic_variables()', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
