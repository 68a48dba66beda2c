-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, d.defaults
    from (
        values
        (7, '[]', '2=Not Applicable/0, 15=FWD/Front-Wheel Drive/4, 37=?/77, 121=0/0', 'rule 42: all of the type'),
        (7, '[{"element_id": 5}, {"element_id": 37, "value": null}]', '2=Not Applicable/0, 15=FWD/Front-Wheel Drive/4, 121=0/0', 'rule 42: but none that has an item, empty or not'),
        (7, '[{"element_id": 121}]', '2=Not Applicable/0, 15=FWD/Front-Wheel Drive/4, 37=?/77', 'rule 42: notes included'),
        (1, '[]', '14=0/0', 'rule 42: a 0 that is no lookup is a 0'),
        (2, '[]', null, 'a type without defaults'),
        (null, '[]', null, 'no type')
    ) as t (vehicle_type_id, items, expected, reason)
    cross join lateral (
        select string_agg(format('%s=%s/%s', d.element_id, coalesce(d.value, '?'), d.value_id), ', ' order by d.element_id) as defaults
        from decoder.find_defaults(
            decoder.current_release_id(),
            t.vehicle_type_id,
            array(select i from jsonb_array_elements(t.items::jsonb) as j cross join jsonb_populate_record(null::decoder.item, j) as i)
        ) as d
        where d.source = 'Default' and d.priority = 10 and d.keys is null
    ) as d
    where d.defaults is distinct from t.expected
    $$,
    'what a vehicle type implies'
);

select * from finish();
rollback;
