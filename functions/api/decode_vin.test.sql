-- needs: fixture
begin;
select plan(11);

create temporary table decoded as
select v.vin, v.is_clean, api.decode_vin(v.vin) as document
from (
    values
    ('1AAA1BC27LF000001', true), ('1AAA1BC20LF000001', false), ('1AA', false), ('', false), (null, false),
    ('ZZZ1BC22LF0000012', false), (repeat('A', 18), false), (repeat('é', 100000), false), ('1AAA1BC2?LF000001', false)
) as v (vin, is_clean);

select is_empty(
    $$
    select d.vin, t.key, t.types, jsonb_typeof(d.document -> t.key)
    from decoded as d
    cross join (
        values
        ('vin', 'string'), ('valid', 'boolean'), ('make', 'string null'), ('model', 'string null'),
        ('year', 'number null'), ('trim', 'string null'), ('series', 'string null'), ('bodyType', 'string null'),
        ('engineType', 'string null'), ('transmission', 'string null'), ('fuelType', 'string null'),
        ('driveType', 'string null'), ('manufacturer', 'string null'), ('vehicleType', 'string null'),
        ('plantCountry', 'string null'), ('confidence', 'number'), ('fieldConfidence', 'object'), ('checkDigit', 'object'),
        ('errors', 'array'), ('suggestedVin', 'string null'), ('rawData', 'array'), ('dataVersion', 'string')
    ) as t (key, types)
    where coalesce(jsonb_typeof(d.document -> t.key), 'missing') <> all (string_to_array(t.types, ' '))
    $$,
    'every key is there, of its type, whatever the text'
);

select is_empty(
    $$
    select d.vin, k.key
    from decoded as d
    cross join lateral jsonb_object_keys(d.document) as k (key)
    where k.key not in (
        'vin', 'valid', 'make', 'model', 'year', 'trim', 'series', 'bodyType', 'engineType', 'transmission', 'fuelType',
        'driveType', 'manufacturer', 'vehicleType', 'plantCountry', 'confidence', 'fieldConfidence', 'checkDigit', 'errors',
        'suggestedVin', 'rawData', 'dataVersion'
    )
    $$,
    'and no other'
);

select is(
    (select document - '{confidence,fieldConfidence,rawData}'::text[] from decoded where is_clean),
    '{
        "vin": "1AAA1BC27LF000001", "valid": true, "make": "ASTER", "model": "Alpha", "year": 2020, "trim": null,
        "series": null, "bodyType": "Sedan/Saloon", "engineType": null, "transmission": null, "fuelType": "Gasoline",
        "driveType": "FWD/Front-Wheel Drive", "manufacturer": "ASTER MOTORS", "vehicleType": "PASSENGER CAR",
        "plantCountry": null, "suggestedVin": null, "dataVersion": "fixture-r1",
        "checkDigit": {"valid": true, "expected": "7", "actual": "7"},
        "errors": [{"code": 0, "text": "0 - VIN decoded clean. Check Digit (9th position) is correct"}]
    }'::jsonb,
    'a clean VIN'
);

select is_empty(
    $$
    select t.reason, d.document -> 'valid', d.document -> 'checkDigit'
    from (
        values
        ('1AAA1BC27LF000001', true, '{"valid": true, "expected": "7", "actual": "7"}', 'the right digit'),
        ('1AAA1BC20LF000001', false, '{"valid": false, "expected": "7", "actual": "0"}', 'a wrong one'),
        ('1AAA1BC2?LF000001', false, '{"valid": false, "expected": "7", "actual": "?"}', 'one that cannot be'),
        ('1AA', false, '{"valid": false, "expected": null, "actual": null}', 'too short to have one'),
        ('', false, '{"valid": false, "expected": null, "actual": null}', 'nothing')
    ) as t (vin, is_valid, digit, reason)
    inner join decoded as d on d.vin = t.vin
    where d.document -> 'valid' <> to_jsonb(t.is_valid) or d.document -> 'checkDigit' <> t.digit::jsonb
    $$,
    'the check digit decides whether a VIN is valid'
);

select is_empty(
    $$
    select d.vin, f.key
    from decoded as d
    cross join lateral jsonb_each(d.document -> 'fieldConfidence') as f
    where f.value::numeric not between 0 and 1
        or not d.document ? f.key
        or d.document -> f.key = 'null'
    $$,
    'a confidence for fields that have a value, and for no other'
);

select is_empty(
    $$
    select d.vin, f.key
    from decoded as d
    cross join unnest(array[
        'make', 'model', 'year', 'trim', 'series', 'bodyType', 'engineType', 'transmission', 'fuelType', 'driveType',
        'manufacturer', 'vehicleType', 'plantCountry'
    ]) as f (key)
    where d.document -> f.key <> 'null' and not (d.document -> 'fieldConfidence') ? f.key
    $$,
    'every field that has a value has its confidence'
);

select is_empty(
    $$
    select d.vin, d.document -> 'confidence'
    from decoded as d
    where (d.document -> 'confidence')::numeric not between 0 and 1
        or (d.document -> 'confidence')::numeric > coalesce((
            select min(f.value::numeric)
            from jsonb_each(d.document -> 'fieldConfidence') as f
            where f.key in ('make', 'model', 'year')
        ), 0)
    $$,
    'the whole is not surer than make, model and year, and 0 when none is known'
);

select is_empty(
    $$
    select d.vin, r.row
    from decoded as d
    cross join lateral jsonb_array_elements(d.document -> 'rawData') as r (row)
    where jsonb_typeof(r.row -> 'Variable') <> 'string' or jsonb_typeof(r.row -> 'VariableId') <> 'number'
        or jsonb_typeof(r.row -> 'Value') <> 'string' or r.row ->> 'Value' = ''
        or jsonb_typeof(r.row -> 'ValueId') not in ('string', 'null') or jsonb_typeof(r.row -> 'confidence') <> 'number'
        or jsonb_typeof(r.row -> 'source') <> 'string' or (select count(*) from jsonb_object_keys(r.row)) <> 6
    $$,
    'raw data: rows of six keys, none without a value'
);

select results_eq(
    $$
    select e.element_id, e.value
    from api.decode_elements('1AAA1BC27LF000001') as e
    where e.value <> ''
    order by e.element_id, e.value
    $$,
    $$
    select (r.row ->> 'VariableId')::int, r.row ->> 'Value'
    from decoded as d
    cross join lateral jsonb_array_elements(d.document -> 'rawData') as r (row)
    where d.is_clean
    order by 1, 2
    $$,
    'raw data is what api.decode_elements says'
);

select is_empty(
    $$
    select t.vin, d.vin
    from (
        values
        (' 1aaa1bc27lf000001 ', '1AAA1BC27LF000001'), (repeat('a', 18), repeat('A', 17)), (null, ''), (repeat('x', 1000000), repeat('X', 17))
    ) as t (vin, normal)
    cross join lateral (select api.decode_vin(t.vin) ->> 'vin' as vin) as d
    where d.vin is distinct from t.normal
    $$,
    'the VIN as it was decoded, never longer than one'
);

delete from catalog.current_release;
select throws_ok($$ select api.decode_vin('1AAA1BC27LF000001') $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
