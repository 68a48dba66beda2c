begin;
select plan(1);

select is_empty(
    $$
    select t.reason, f.json
    from (
        values
        (28, 'Alpha', '"model":"Alpha"', 'a text'),
        (29, '2020', '"year":2020', 'the year is a number'),
        (38, E'a "b" \\ c', '"trim":"a \"b\" \\ c"', 'quotes and backslashes'),
        (34, '', '"series":""', 'an empty text'),
        (28, null, null, 'no value'),
        (114, 'a note', null, 'an element that has no field')
    ) as t (element_id, value, expected, reason)
    cross join lateral (select decoder.field_json(t.element_id, t.value) as json) as f
    where f.json is distinct from t.expected
    $$,
    'fields as JSON members'
);

select * from finish();
rollback;
