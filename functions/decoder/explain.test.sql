-- needs: fixture
begin;
select plan(3);

select is_empty(
    $$
    select t.reason, t.vin, e.explained #>> t.path::text[] as actual
    from (
        values
        ('1AAA1BC27LF000001', '{wmi}', '1AA', 'the WMI'),
        ('1A9A1BC26LF001234', '{wmi}', '1A9001', 'of a small maker'),
        ('9ZZA1BC27LF000001', '{wmi}', null, 'an unknown one'),
        ('1AAA1BC27LF000001', '{descriptor}', '1AAA1BC2*LF', 'the descriptor'),
        ('1AAA1BC27LF000001', '{year,decoded}', '2020', 'the year'),
        ('1ACB1BC22LF000001', '{year,decoded}', '1990', 'the better cycle'),
        ('1AAA1BC27LF000001', '{positions,3,decides}', '["Make", "Model", "Note"]', 'what position 4 decides'),
        ('1AAA1BC27LF000001', '{positions,8,role}', 'check digit', 'the role of position 9'),
        ('1A9A1BC26LF001234', '{positions,11,role}', 'manufacturer', 'position 12 of a small maker'),
        ('1AAA1BC27LF000001', '{positions,11,role}', 'serial number', 'position 12 of another'),
        ('1ANX1BC26LF000001', '{positions,3,isKnown}', 'false', 'a character that the data does not know'),
        ('1ANX1BC26LF000001', '{positions,3,validCharacters}', 'A', 'what it knows'),
        ('1AAA1', '{positions,4,character}', '1', 'a part of a VIN'),
        ('', '{positions}', '[]', 'nothing')
    ) as t (vin, path, expected, reason)
    cross join lateral (select decoder.explain(decoder.current_release_id(), t.vin, null, '2026-06-30') as explained) as e
    where e.explained #>> t.path::text[] is distinct from t.expected
    $$,
    'what a decode rests on'
);

select results_eq(
    $$
    select
        e.element ->> 'Value', e.element ->> 'keys', e.element -> 'positions', e.element ->> 'schemaName',
        e.element -> 'rejected' -> 0 ->> 'Value'
    from jsonb_array_elements(
        decoder.explain(decoder.current_release_id(), '1AAL1BC29GF000001', null, '2026-06-30') -> 'elements'
    ) as e (element)
    where e.element ->> 'VariableId' = '34'
    $$,
    $$values ('link of 2015', 'L1B', '[4, 5, 6]'::jsonb, 'Aster cars, facelift', 'link of 2010, no time')$$,
    'a value with its key, positions, schema and rival'
);

select is_empty(
    $$
    select v
    from unnest(array[null, '', '1', '9ZZ', repeat('A', 100000), '1AA_%#,-', 'ß']) as v
    where jsonb_typeof(decoder.explain(decoder.current_release_id(), v, 1900, '2026-06-30') -> 'elements') is distinct from 'array'
    $$,
    'any text is explained'
);

select * from finish();
rollback;
