-- needs: fixture
begin;
select plan(1);

-- Model 15 has specifications as an Aster SUV: sets of every year among them. 2019 and 2020 are the years of one set.
delete from catalog.vehicle_spec where model_id = 15 and years is null;
select is_empty(
    $$
    select t.reason, t.wmi, h.has_specs
    from (
        values
        ('1AM', 15, 2020, true, 'a year of the set'),
        ('1AM', 15, 2021, false, 'another year'),
        ('1AM', 15, null, false, 'no year'),
        ('1AM', 11, 2020, false, 'another model'),
        ('1AM', 12, null, true, 'a set of every year needs none'),
        ('1AA', 15, 2020, false, 'another vehicle type'),
        ('1AD', 15, 2020, false, 'a WMI without makes'),
        ('1AR', 15, 2020, false, 'a WMI without type')
    ) as t (wmi, model_id, year, expected, reason)
    cross join lateral (
        select decoder.has_specs(w.release_id, w.make_ids, w.vehicle_type_id, t.model_id, t.year) as has_specs
        from catalog.wmi as w
        where w.release_id = decoder.current_release_id() and w.wmi = t.wmi
    ) as h
    where h.has_specs is distinct from t.expected
    $$,
    'whether there are specifications to look at'
);

select * from finish();
rollback;
