begin;
select plan(1);

select is_empty(
    $$
    select t.reason, c.json
    from (
        values
        (28, 0.9987, '"model":0.9987', 'a field'),
        (29, 1, '"year":1', 'a whole number'),
        (28, null, null, 'no confidence'),
        (13, 0.5, null, 'an element that has no field')
    ) as t (element_id, confidence, expected, reason)
    cross join lateral (select decoder.confidence_json(t.element_id, t.confidence) as json) as c
    where c.json is distinct from t.expected
    $$,
    'members of fieldConfidence'
);

select * from finish();
rollback;
