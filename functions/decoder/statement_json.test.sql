begin;
select plan(1);

select is_empty(
    $$
    select t.reason, s.json
    from (
        values
        ('Alpha', '11', 0.99, '{"Variable": "Model", "VariableId": 28, "Value": "Alpha", "ValueId": "11", "confidence": 0.99, "source": "Pattern"}', 'six keys'),
        ('Alpha', null, 1, '{"Variable": "Model", "VariableId": 28, "Value": "Alpha", "ValueId": null, "confidence": 1, "source": "Pattern"}', 'no id'),
        (E'a "b"\\', '"', 0, '{"Variable": "Model", "VariableId": 28, "Value": "a \"b\"\\", "ValueId": "\"", "confidence": 0, "source": "Pattern"}', 'quotes'),
        (null, '11', 1, null, 'no value')
    ) as t (value, value_id, confidence, expected, reason)
    cross join lateral (
        select decoder.statement_json(decoder.statement_head('Model', 28), t.value, t.value_id, t.confidence, 'Pattern')::jsonb as json
    ) as s
    where s.json is distinct from t.expected::jsonb
    union all
    select 'an element that is not shown', decoder.statement_json(null, 'x', 'x', 1, 'Pattern')::jsonb
    where decoder.statement_json(null, 'x', 'x', 1, 'Pattern') is not null
    $$,
    'objects of rawData'
);

select * from finish();
rollback;
