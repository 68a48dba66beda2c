-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, s.specs
    from (
        values
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}, {"element_id": 38, "value_id": "Sport"}]', 25, '2', 'rule 28: both keys hold, whatever the case'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}, {"element_id": 38, "value_id": "PLAIN"}]', 25, '3', 'rule 28: the keys of another set'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}, {"element_id": 38, "value_id": "Other"}]', 25, null, 'rule 28: one of two keys is not enough'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}]', 25, null, 'rule 28: nor is an unknown one'),
        ('1AM', 2021, '[{"element_id": 28, "value_id": "15"}, {"element_id": 38, "value_id": "Sport"}]', 25, null, 'rule 28: another year'),
        ('1AM', null, '[{"element_id": 28, "value_id": "15"}, {"element_id": 38, "value_id": "Sport"}]', 25, null, 'rule 28: no year'),
        ('1AM', null, '[{"element_id": 28, "value_id": "15"}]', 110, 'changed in 2024', 'rule 28: sets without years hold in all; the latest change'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}]', 109, 'one of two', 'rule 28: one row at one instant'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}, {"element_id": 110, "value_id": "x"}]', 110, null, 'rule 28: nothing over what is stated'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}]', 114, 'younger note', 'rule 28: of notes the latest only'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}, {"element_id": 114, "value_id": "x"}]', 114, 'younger note', 'rule 28: beside the patterns'' notes'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}, {"element_id": 1, "value_id": "x"}]', 1, 'battery of the specification', 'rule 28: element 1 as well'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}]', 28, null, 'rule 28: keys are not stated'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "15"}]', 77, null, 'rule 28: neither unchecked sets nor those of another make, type or model'),
        ('1AA', 2020, '[{"element_id": 28, "value_id": "15"}]', 110, null, 'rule 28: another vehicle type, one make in common'),
        ('1AM', 2020, '[{"element_id": 28, "value_id": "X1"}]', 110, null, 'trap: a model that is no id'),
        ('1AM', 2020, '[{"element_id": 38, "value_id": "Sport"}]', 110, null, 'rule 28: no model')
    ) as t (wmi, year, items, element_id, expected, reason)
    cross join lateral (
        select string_agg(s.value_id, ', ' order by s.value_id) as specs
        from catalog.wmi as w
        cross join lateral decoder.find_specs(
            w.release_id, w, t.year,
            array(select i from jsonb_array_elements(t.items::jsonb) as j cross join jsonb_populate_record(null::decoder.item, j) as i)
        ) as s
        where w.release_id = decoder.current_release_id() and w.wmi = t.wmi and s.element_id = t.element_id
            and (s.source, s.keys, s.priority) = ('Vehicle Specs', '', -100)
    ) as s
    where s.specs is distinct from t.expected
    $$,
    'specifications'
);

select * from finish();
rollback;
