begin;
select plan(1);

select is_empty(
    $$
    select t.reason, s.head
    from (
        values
        ('Model', 28, '{"Variable":"Model","VariableId":28,"Value":', 'a variable'),
        ('Say "x"', 7, '{"Variable":"Say \"x\"","VariableId":7,"Value":', 'quotes in a name'),
        (null, 7, null, 'no name')
    ) as t (variable, element_id, expected, reason)
    cross join lateral (select decoder.statement_head(t.variable, t.element_id) as head) as s
    where s.head is distinct from t.expected
    $$,
    'beginnings of rawData''s objects'
);

select * from finish();
rollback;
