-- needs: fixture
begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.wmi, m.makes
    from (
        values
        ('1AA', null, 'ASTER/1/Make/1AA/-100', 'rule 26: the WMI''s only make'),
        ('1AC', null, null, 'rule 26: not with two makes'),
        ('1AD', null, null, 'rule 26: not without one'),
        ('1AA', '11', 'ASTER/1/pattern - model/A*/1000', 'rule 25: the model''s make'),
        ('1AA', '14', 'STRAßE/3/pattern - model/A*/1000', 'rule 25: another make than the WMI''s, a ß in upper case'),
        ('1AA', '12', 'ASTER/1/pattern - model/A*/1000, BORA /2/pattern - model/A*/1000', 'rule 25: both makes of a model'),
        ('1AA', '13', null, 'rule 25: a model of no make leaves it unknown'),
        ('1AA', '999', null, 'rule 25: so does an unknown model'),
        ('1AA', 'X1', null, 'trap: and what is no id'),
        ('1AA', '99999999999', null, 'trap: and what is too large for one')
    ) as t (wmi, model_id, expected, reason)
    cross join lateral (
        select string_agg(format('%s/%s/%s/%s/%s', m.value, m.value_id, m.source, m.keys, m.priority), ', ' order by m.value) as makes
        from catalog.wmi as w
        cross join lateral decoder.find_makes(
            w.release_id, w,
            case
                when t.model_id is not null
                    then jsonb_populate_record(null::decoder.item, jsonb_build_object('element_id', 28, 'value_id', t.model_id, 'keys', 'A*'))
            end
        ) as m
        where w.release_id = decoder.current_release_id() and w.wmi = t.wmi and m.element_id = 26
    ) as m
    where m.makes is distinct from t.expected
    $$,
    'makes'
);

select results_eq(
    $$
    select m.pattern_id, m.schema_id, m.used_positions, m.changed_at
    from catalog.wmi as w
    cross join lateral decoder.find_makes(
        w.release_id, w,
        jsonb_populate_record(
            null::decoder.item,
            '{"element_id": 28, "value_id": "11", "pattern_id": 7, "schema_id": 8, "used_positions": 80, "changed_at": "2020-01-01"}'
        )
    ) as m
    where w.release_id = decoder.current_release_id() and w.wmi = '1AA'
    $$,
    $$values (7, 8, 80, null::timestamp)$$,
    'rule 25: pattern, schema and positions are those of the model'
);

select * from finish();
rollback;
