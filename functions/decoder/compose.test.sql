begin;
select plan(2);

create function pg_temp.composed(elements bit, is_weak boolean, engine text, other_year int) returns jsonb
    language sql
    return ('{' || decoder.compose(
        2020, other_year, 2, '13', 496, is_weak, elements, '"make":"A \"B\""', ',"make":0.9', ',{"Variable":"Make"}', engine, 0.8, 0.7,
        0.95, '{"Variable":"Year"}', '{"code":0}', '{"Variable":"Error"}',
        array['1', '2', '3', '4', '5', '6', '7', '{"Variable":"Additional","Value":'], '{"Variable":"Descriptor"}', 'v1'
    ))::jsonb;

select results_eq(
    $$ select pg_temp.composed(set_bit(set_bit(B'0'::bit(256), 28, 1), 38, 1), false, null, null) $$,
    $$
    select '{
        "valid": true, "year": 2020, "make": "A \"B\"", "series": null, "bodyType": null, "transmission": null, "fuelType": null,
        "driveType": null, "plantCountry": null, "engineType": null, "confidence": 0.7,
        "fieldConfidence": {"year": 0.95, "make": 0.9, "engineType": 0.8}, "errors": [{"code": 0}], "suggestedVin": null,
        "rawData": [{"Variable": "Year"}, {"Variable": "Make"}, {"Variable": "Error"}, {"Variable": "Descriptor"}],
        "dataVersion": "v1"
    }'::jsonb
    $$,
    'the parts in their places; null for each field that no element states'
);

select results_eq(
    $$
    select c.document ->> 'engineType', c.document -> 'rawData' -> 3 ->> 'Variable',
        c.document -> 'rawData' -> 3 ->> 'Value' like 'Unused position(s): 11. The Model Year%'
    from (select pg_temp.composed(B'0'::bit(256), true, '2.0L "I4"', 1990) as document) as c
    $$,
    $$ values ('2.0L "I4"', 'Additional', true) $$,
    'what is told beside the errors: positions that no key reads, an ambiguous year'
);

select * from finish();
rollback;
