-- needs: fixture
begin;
select plan(2);

select is_empty(
    $$
    select t.reason, c.converted
    from (
        values
        ('[{"element_id": 13, "value_id": "2.0"}]', '11=2000.0, 12=122.0474881894645679', 'rule 27: from litres'),
        ('[{"element_id": 11, "value_id": "3000"}]', '12=183.0712322841968519, 13=3.0000000000000000', 'rule 27: from cubic centimetres'),
        ('[{"element_id": 12, "value_id": "350"}]', '11=5735.472400, 13=5.735472400', 'rule 27: from cubic inches'),
        ('[{"element_id": 13, "value_id": "TBD", "value": "15"}]', '11=0, 12=0', 'rule 27: the attribute counts, not the value'),
        ('[{"element_id": 11, "value_id": "1998", "priority": 2010}, {"element_id": 13, "value_id": "2.0", "priority": 50}]',
            '12=121.9254407012751033', 'rule 27: the higher priority first, an engine model is a source too'),
        ('[{"element_id": 11, "value_id": "1998", "priority": 50}, {"element_id": 13, "value_id": "2.0", "priority": 2010}]',
            '12=122.0474881894645679', 'rule 27: the higher priority first'),
        ('[{"element_id": 11, "value_id": "1998", "changed_at": "2020-01-01"}, {"element_id": 13, "value_id": "2.0", "changed_at": "2024-01-01"}]',
            '12=122.0474881894645679', 'rule 27: then the latest change'),
        ('[{"element_id": 11, "value_id": "1998", "changed_at": "2024-01-01"}, {"element_id": 13, "value_id": "2.0"}]',
            '12=122.0474881894645679', 'rule 27: a null timestamp ranks first'),
        ('[{"element_id": 13, "value_id": "2.0"}, {"element_id": 11, "value_id": "1998"}]',
            '12=121.9254407012751033', 'rule 27: then the first conversion'),
        ('[{"element_id": 11, "value_id": "1"}, {"element_id": 12, "value_id": "2"}, {"element_id": 13, "value_id": "3"}]',
            null, 'rule 27: nothing over what is stated'),
        ('[{"element_id": 9, "value_id": "3000"}]', null, 'rule 27: cylinders are no displacement'),
        ('[]', null, 'nothing')
    ) as t (items, expected, reason)
    cross join lateral (
        select string_agg(c.element_id || '=' || c.value, ', ' order by c.element_id) as converted
        from decoder.convert(
            decoder.current_release_id(),
            array(
                select i
                from jsonb_array_elements(t.items::jsonb) as j
                cross join jsonb_populate_record(null::decoder.item, '{"priority": 2010}'::jsonb || j) as i
            )
        ) as c
    ) as c
    where c.converted is distinct from t.expected
    $$,
    'displacement in the units that nothing states'
);

select results_eq(
    $$
    select c.element_id, c.value, c.value_id, c.source, c.keys, c.priority, c.pattern_id, c.schema_id
    from decoder.convert(
        decoder.current_release_id(),
        array[jsonb_populate_record(
            null::decoder.item, '{"element_id": 13, "value_id": "2.0", "keys": "A*", "priority": 2010, "pattern_id": 7, "schema_id": 8}'
        )]
    ) as c
    order by c.element_id
    $$,
    $$
    values
        (11, '2000.0', '2000.0', 'Conversion 4: 2.0 * 1000', 'A*', 2010, 7, 8),
        (12, '122.0474881894645679', '122.0474881894645679', 'Conversion 7: 2.0 / 0.016387064 ', 'A*', 2010, 7, 8)
    $$,
    'rule 27: the source names the conversion and its formula, its trailing blank too; the rest is the source''s'
);

select * from finish();
rollback;
