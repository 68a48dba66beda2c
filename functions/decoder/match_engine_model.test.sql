-- needs: fixture
begin;
select plan(2);

select is_empty(
    $$
    select t.reason, m.values
    from (
        values
        (1, 9, '6', 'rule 19: what the engine model states'),
        (1, 64, 'V-Shaped', 'rule 46: looked up'),
        (1, 129, 'another note, one note', 'rule 23: every note, without its tab'),
        (1, 96, '?', 'rule 19: no filter on the kind of element, private ones too'),
        (1, 900, 'undecoded', 'rule 19: no filter on the kind of element, undecoded ones too'),
        (3, 9, '5', 'rule 24: the latest change'),
        (3, 21, '110', 'rule 24: a null timestamp ranks first'),
        (3, 64, 'In-Line', 'rule 24: the older row'),
        (2, 27, null, 'rule 24: the manufacturer ranks before'),
        (2, 29, null, 'rule 24: the year ranks before'),
        (2, 39, null, 'rule 24: the vehicle type ranks before'),
        (99, 9, null, 'an unknown engine model')
    ) as t (engine_model_id, element_id, expected, reason)
    cross join lateral (
        select string_agg(coalesce(m.value, '?'), ', ' order by m.value) as values
        from decoder.match_engine_model(
            decoder.current_release_id(),
            jsonb_populate_record(null::decoder.item, jsonb_build_object('element_id', -18, 'value', t.engine_model_id))
        ) as m
        where m.element_id = t.element_id
    ) as m
    where m.values is distinct from t.expected
    $$,
    'what an engine model states'
);

select results_eq(
    $$
    select distinct m.source, m.keys, m.priority, m.pattern_id, m.schema_id, m.used_positions
    from decoder.match_engine_model(
        decoder.current_release_id(),
        jsonb_populate_record(
            null::decoder.item, '{"value": "1", "keys": "A*B", "pattern_id": 7, "schema_id": 8, "used_positions": 80, "priority": 2010}'
        )
    ) as m
    $$,
    $$values ('EngineModelPattern', 'A*B', 50, 7, 8, 80)$$,
    'rule 19: keys, pattern and schema are those of the chosen pattern'
);

select * from finish();
rollback;
