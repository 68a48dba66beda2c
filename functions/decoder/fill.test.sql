-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, f.kept
    from (
        values
        ('[{"element_id": 5}]', '[{"element_id": 5, "value": "a"}, {"element_id": 9, "value": "b"}]', 'b', 'an element that is there is kept'),
        ('[{"element_id": 114}]', '[{"element_id": 114, "value": "a"}]', 'a', 'rule 23: notes add up'),
        ('[]', '[{"element_id": 5, "value": "a"}, {"element_id": 9, "value": "b"}]', 'ab', 'nothing is there'),
        ('[{"element_id": 5}]', '[]', null, 'nothing comes'),
        ('[]', '[{"element_id": 12345, "value": "a"}]', null, 'an unknown element')
    ) as t (items, more, expected, reason)
    cross join lateral (
        select string_agg(f.value, '' order by f.value) as kept
        from unnest(decoder.fill(
            decoder.current_release_id(),
            array(select i from jsonb_array_elements(t.items::jsonb) as j cross join jsonb_populate_record(null::decoder.item, j) as i),
            array(select i from jsonb_array_elements(t.more::jsonb) as j cross join jsonb_populate_record(null::decoder.item, j) as i)
        )) as f
    ) as f
    where f.kept is distinct from t.expected
    $$,
    'what is added to what is there'
);

select * from finish();
rollback;
