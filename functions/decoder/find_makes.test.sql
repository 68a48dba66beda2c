-- needs: fixture
begin;
select plan(2);

select is_empty(
    $$
    select t.reason, m.makes
    from (
        values
        ('11', 'ASTER/1/pattern - model/A*/1000', 'rule 25: the model''s make'),
        ('14', 'STRAßE/3/pattern - model/A*/1000', 'rule 25: another make than the WMI''s, a ß in upper case'),
        ('12', 'ASTER/1/pattern - model/A*/1000, BORA /2/pattern - model/A*/1000', 'rule 25: both makes of a model'),
        ('13', null, 'rule 25: a model of no make leaves it unknown'),
        ('999', null, 'rule 25: so does an unknown model'),
        ('X1', null, 'trap: and what is no id'),
        ('99999999999', null, 'trap: and what is too large for one')
    ) as t (model_id, expected, reason)
    cross join lateral (
        select string_agg(format('%s/%s/%s/%s/%s', m.value, m.value_id, m.source, m.keys, m.priority), ', ' order by m.value) as makes
        from decoder.find_makes(
            decoder.current_release_id(),
            jsonb_populate_record(null::decoder.item, jsonb_build_object('element_id', 28, 'value_id', t.model_id, 'keys', 'A*'))
        ) as m
        where m.element_id = 26
    ) as m
    where m.makes is distinct from t.expected
    $$,
    'makes'
);

select results_eq(
    $$
    select m.pattern_id, m.schema_id, m.used_positions, m.changed_at
    from decoder.find_makes(
        decoder.current_release_id(),
        jsonb_populate_record(
            null::decoder.item,
            '{"element_id": 28, "value_id": "11", "pattern_id": 7, "schema_id": 8, "used_positions": 80, "changed_at": "2020-01-01"}'
        )
    ) as m
    $$,
    $$values (7, 8, 80, null::timestamp)$$,
    'rule 25: pattern, schema and positions are those of the model'
);

select * from finish();
rollback;
