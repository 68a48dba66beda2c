-- needs: fixture
begin;
select plan(3);

-- Each case lists its items as element:source.
select is_empty(
    $$
    select t.reason, t.vin, i.found
    from (
        values
        ('1ARA1BC20LF000001', 2020, '27:Manu. Name 29:ModelYear 39:VehType', 'rule 20: no schema'),
        ('1ARA1BC20LF000001', null, '27:Manu. Name 39:VehType', 'rule 20: no year'),
        ('1AAZ9ZZZ0LZ000001', 2020, '26:pattern - model 27:Manu. Name 28:Pattern 29:ModelYear 39:VehType', 'rule 25: the model''s make'),
        ('1AAZ9ZZZ0LZ000001', 1985, '26:Make 27:Manu. Name 29:ModelYear 39:VehType', 'rule 16: no schema covers the year'),
        ('1AJA11120LF000001', 2020,
            '9:EngineModelPattern 11:Conversion 12:Conversion 13:EngineModelPattern 18:Pattern 26:Make 27:Manu. Name 29:ModelYear 39:VehType 64:EngineModelPattern 96:EngineModelPattern 129:EngineModelPattern 900:EngineModelPattern',
            'rules 19 and 27: an engine model and what follows; its choice is no item'),
        ('1AHH11120LF000001', 2020, '9:Formula Pattern 18:Pattern 26:Make 27:Manu. Name 29:ModelYear 34:Pattern 39:VehType',
            'rule 24: a formula before an engine model'),
        ('1AHG11120LF000001', 2020, '26:Make 27:Manu. Name 29:ModelYear 34:Pattern 39:VehType 111:Pattern', 'rule 24: a pattern before a formula'),
        ('1AMB1BC28LF000001', 2020, '5:Pattern 26:pattern - model 27:Manu. Name 28:Pattern 29:ModelYear 38:Pattern 39:VehType', 'rule 28: no specification of another model'),
        ('1AMA1DC29LF000001', 2021,
            '1:Pattern+Vehicle Specs 5:Pattern 26:pattern - model 27:Manu. Name 28:Pattern 29:ModelYear 37:Pattern 38:Pattern 39:VehType 75:Vehicle Specs 109:Vehicle Specs 110:Vehicle Specs 114:Pattern+Vehicle Specs',
            'rule 28: specifications, also beside what is stated')
    ) as t (vin, year, expected, reason)
    cross join lateral (
        select string_agg(e.element_id || ':' || e.sources, ' ' order by e.element_id) as found
        from (
            select i.element_id, string_agg(distinct o.source, '+' order by o.source) as sources
            from catalog.wmi as w
            left join catalog.segment as s
                on s.release_id = w.release_id and s.wmi_id = w.wmi_id and coalesce(t.year, 0) between s.year_from and s.year_to
            cross join lateral unnest((decoder.find_items(
                w.release_id, w, s, t.vin, decoder.image_symbols(vin.key_image(t.vin)), t.year, 'the year''s keys'
            )).items) as i
            cross join lateral (select case when i.source like 'Conversion %' then 'Conversion' else i.source end as source) as o
            where w.release_id = decoder.current_release_id() and w.wmi = vin.wmi(t.vin)
            group by i.element_id
        ) as e
    ) as i
    where i.found is distinct from t.expected
    $$,
    'values and their sources'
);

select results_eq(
    $$
    select i.value, i.keys, i.priority
    from catalog.wmi as w
    cross join lateral unnest((decoder.find_items(
        w.release_id, w, null, '1ADA1BC2', decoder.image_symbols('A1BC2'), 2020, 'the year''s keys'
    )).items) as i
    where w.release_id = decoder.current_release_id() and w.wmi = '1AD'
    order by i.element_id
    $$,
    $$
    values
        ('STRAßE & SÖHNE', '1AD', 100),
        ('2020', 'the year''s keys', 100),
        ('MOTORCYCLE', '1AD', 100)
    $$,
    'rules 13 and 20: keys of what rests on no pattern'
);

select is_empty(
    $$
    select t.reason, t.vin, f.has_pattern, f.has_model, f.body_class, f.used_positions
    from (
        values
        ('1AAA1BC27LF000001', 2020, true, true, '13', 2544, 'a model, a body, and patterns for each position'),
        ('1AGA1B00*L*000001', 2015, true, false, null, 80, 'patterns without a model'),
        ('1ARA1BC20LF000001', 2020, null, false, null, null, 'no schema'),
        ('1AHJ11120LF000001', 2020, true, false, null, 48, 'a formula is a pattern'),
        ('1APC11120LF000001', 2020, true, true, null, 16, 'a model that nobody knows is one')
    ) as t (vin, year, has_pattern, has_model, body_class, used_positions, reason)
    cross join lateral (
        select f.*
        from catalog.wmi as w
        left join catalog.segment as s
            on s.release_id = w.release_id and s.wmi_id = w.wmi_id and t.year between s.year_from and s.year_to
        cross join lateral decoder.find_items(
            w.release_id, w, s, t.vin, decoder.image_symbols(vin.key_image(t.vin)), t.year, ''
        ) as f
        where w.release_id = decoder.current_release_id() and w.wmi = vin.wmi(t.vin)
    ) as f
    where (f.has_pattern, f.has_model, f.body_class, f.used_positions) is distinct from (t.has_pattern, t.has_model, t.body_class, t.used_positions)
    $$,
    'what the checks ask of it'
);

select * from finish();
rollback;
