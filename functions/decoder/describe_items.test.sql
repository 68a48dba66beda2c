-- needs: fixture
begin;
select plan(2);

create temporary table described as
select t.vin, d.*, heads.heads
from unnest(array['1AMA1BC23LF000001', '1APA11129LF000001', '1AAA1BC27LF000001', '1AAA1BC20LF000001', '9ZZA1BC27LF000001', '']) as t (vin)
cross join (select decoder.statement_heads(decoder.current_release_id()) as heads) as heads
cross join lateral decoder.decode(decoder.current_release_id(), t.vin, null, '2026-06-30') as p
cross join lateral decoder.describe_items(decoder.current_release_id(), p) as d;

select is_empty(
    $$
    select t.reason, to_jsonb(d) - 'heads' ->> t.part
    from (
        values
        ('1AMA1BC23LF000001', 'displacement', '2.0', 'the engine''s parts'),
        ('1AMA1BC23LF000001', 'cylinders', '4', 'the engine''s parts'),
        ('1AMA1BC23LF000001', 'configuration', 'In-Line', 'the engine''s parts'),
        ('1AMA1BC23LF000001', 'engine_model', null, 'the engine''s parts'),
        ('1AAA1BC27LF000001', 'fuel_type', 'Gasoline', 'a fuel'),
        ('1AAA1BC27LF000001', 'engine_confidence', null, 'a fuel is no part of the engine'),
        ('9ZZA1BC27LF000001', 'raw', null, 'an unknown maker'),
        ('9ZZA1BC27LF000001', 'confidence', null, 'an unknown maker'),
        ('', 'raw', null, 'nothing'),
        ('', 'fields', '', 'nothing'),
        ('', 'elements', null, 'nothing')
    ) as t (vin, part, expected, reason)
    inner join described as d on d.vin = t.vin
    where to_jsonb(d) ->> t.part is distinct from t.expected
    $$,
    'the parts of an object'
);

select is_empty(
    $$
    select t.reason
    from (
        values
        ((select ('{' || d.fields || '}')::jsonb ->> 'make' = 'ASTER, BORA ' from described as d where d.vin = '1APA11129LF000001'),
            'the makes of a model in one field, in the order of the alphabet'),
        ((select count(*) = 2 from described as d cross join jsonb_array_elements(('[' || d.raw || ']')::jsonb) as r
            where d.vin = '1APA11129LF000001' and r ->> 'Variable' = 'Make'), 'but each a row of its own'),
        ((select good.confidence > wrong.confidence from described as good, described as wrong
            where good.vin = '1AAA1BC27LF000001' and wrong.vin = '1AAA1BC20LF000001'), 'a wrong check digit makes all less certain'),
        ((select d.confidence = (select min(c.value::numeric) from jsonb_each(('{' || d.confidences || '}')::jsonb) as c where c.key in ('make', 'model', 'year'))
            from described as d where d.vin = '1AAA1BC20LF000001'), 'the whole is as sure as the weakest of make, model and year'),
        ((select get_bit(d.elements, 28) = 1 and get_bit(d.elements, 38) = 0 from described as d where d.vin = '1AAA1BC27LF000001'),
            'a bit for each element that has a value'),
        ((select count(*) = 3 from described as d cross join jsonb_array_elements(('[' || d.raw || ']')::jsonb) as r
            where d.vin = '1AAA1BC27LF000001' and r ->> 'Variable' = 'Note'), 'every note')
    ) as t (is_so, reason)
    where t.is_so is not true
    $$,
    'what it says'
);

select * from finish();
rollback;
