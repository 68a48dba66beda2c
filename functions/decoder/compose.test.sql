begin;
select plan(2);

create function pg_temp.composed(elements bit, engine text, make text, more text) returns jsonb
    language sql
    return ('{' || decoder.compose(
        2020, elements, '"manufacturer":"A \"B\""', ',"make":"' || make || '"', '"doors":4', ',"' || more || '":1',
        ',"manufacturer":0.9', ',"' || make || '":0.6', '"doors":0.5', ',"' || more || '":0.3',
        ',{"Variable":"Maker"}', ',{"Variable":"' || make || '"}', '{"Variable":"Doors"}', ',{"Variable":"' || more || '"}', engine, 0.8, 0.7,
        0.95, '{"Variable":"Year"}', '{"code":0}', '{"Variable":"Error"}', '{"Variable":"Descriptor"}', 'v1'
    ))::jsonb;

select results_eq(
    $$ select pg_temp.composed(set_bit(set_bit(B'0'::bit(256), 28, 1), 38, 1), null, null, null) $$,
    $$
    select '{
        "valid": true, "year": 2020, "manufacturer": "A \"B\"", "doors": 4, "series": null, "bodyType": null, "transmission": null,
        "fuelType": null, "driveType": null, "plantCountry": null, "engineType": null, "confidence": 0.7,
        "fieldConfidence": {"year": 0.95, "manufacturer": 0.9, "doors": 0.5, "engineType": 0.8}, "errors": [{"code": 0}],
        "suggestedVin": null,
        "rawData": [{"Variable": "Year"}, {"Variable": "Maker"}, {"Variable": "Doors"}, {"Variable": "Error"}, {"Variable": "Descriptor"}],
        "dataVersion": "v1"
    }'::jsonb
    $$,
    'the parts in their places; null for each field that no element states'
);

select results_eq(
    $$
    select c.document ->> 'engineType', c.document ->> 'make', c.document -> 'fieldConfidence' ->> 'Any',
        array(select r ->> 'Variable' from jsonb_array_elements(c.document -> 'rawData') as r)
    from (select pg_temp.composed(B'0'::bit(256), '2.0L "I4"', 'Any', 'Default') as document) as c
    $$,
    $$ values ('2.0L "I4"', 'Any', '0.6', '{Year,Maker,Any,Doors,Default,Error,Descriptor}'::text[]) $$,
    'the sole make of a maker, and defaults'
);

select * from finish();
rollback;
