-- needs: fixture
begin;
select plan(2);

-- What the patterns of a maker's VIN state, filled up.
create function pg_temp.completed(wmi text, vin text, has_formula boolean) returns text
    language sql
    return (
        select string_agg(concat(i.element_id, ':', coalesce(i.value, '?'), ' ', split_part(i.source, ':', 1)), ', ' order by i.element_id, i.value)
        from catalog.wmi as w
        inner join catalog.segment as s on s.release_id = w.release_id and s.wmi_id = w.wmi_id and s.year_from = 2010
        cross join lateral (
            select array_agg(m) as items
            from decoder.match_patterns(w.release_id, s.schema_ids, s.link_years, decoder.vin_symbols(completed.vin)) as m
        ) as m
        cross join lateral unnest(decoder.complete_items(
            w.release_id, m.items, s.schema_ids, case when completed.has_formula then vin.key_image(completed.vin) end
        )) as i
        where w.release_id = decoder.current_release_id() and w.wmi = completed.wmi
    );

select is_empty(
    $$
    select t.reason, c.completed
    from (
        values
        ('1AJ', '1AJC12A29LF000001', false, '9:12 Pattern, 18:EM-2 Pattern', 'a pattern comes before the engine model'),
        ('1AJ', '1AJD12A20LF000001', false, '18:EM-NONE Pattern', 'an engine model that nobody knows'),
        ('1AJ', '1AJF12A24LF000001', false, '11:3000 Pattern, 12:183.0712322841968519 Conversion 1, 13:3.0000000000000000 Conversion 3', 'conversions are made anew'),
        ('1AH', '1AHH12A26LF000001', true, '9:1 Formula Pattern, 18:EM-4 Pattern, 34:a car Pattern', 'a formula comes before an engine model'),
        ('1AH', '1AHH12A26LF000001', false, '9:4 EngineModelPattern, 18:EM-4 Pattern, 34:a car Pattern', 'without an image no formula is looked at')
    ) as t (wmi, vin, has_formula, expected, reason)
    cross join lateral (select pg_temp.completed(t.wmi, t.vin, t.has_formula) as completed) as c
    where c.completed is distinct from t.expected
    $$,
    'patterns, then formulas, then the engine model'
);

select matches(
    pg_temp.completed('1AJ', '1AJA12A25LF000001', false),
    '^9:6 EngineModelPattern, 11:3000.0 Conversion 4, 12:[0-9.]+ Conversion 7, 13:3.0 EngineModelPattern, 18:Em-1 Pattern, .*129:another note EngineModelPattern, 129:one note EngineModelPattern',
    'an engine model''s displacement is converted, and all its notes stay'
);

select * from finish();
rollback;
