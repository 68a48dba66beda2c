begin;
select plan(1);

select is_empty(
    $$
    select t.reason, c.json
    from (
        values
        ('1AA!1BC27LF000001', '{"Variable": "Suggested VIN", "VariableId": 142, "Value": "1AA!1BC27LF000001", "ValueId": "1AA!1BC27LF000001", "confidence": 1, "source": "Corrections"}', 'the value is its own id, and sure'),
        (E'a\tb', '{"Variable": "Suggested VIN", "VariableId": 142, "Value": "a b", "ValueId": "a\tb", "confidence": 1, "source": "Corrections"}', 'a tab is shown as a space'),
        ('', null, 'nothing to say'),
        (null, null, 'nothing to say')
    ) as t (value, expected, reason)
    cross join lateral (select decoder.correction_json(decoder.statement_head('Suggested VIN', 142), t.value)::jsonb as json) as c
    where c.json is distinct from t.expected::jsonb
    union all
    select 'an element that is not shown', '{}' where decoder.correction_json(null, 'x') is not null
    $$,
    'objects of rawData about the VIN itself'
);

select * from finish();
rollback;
