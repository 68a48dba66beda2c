-- Sources fill in the order of their rank: a pattern (its link year, 1980 or later) before a formula (100) before an
-- engine model (50); then what follows from those. Patterns bring what follows from them, see etl.compile_patterns; the other
-- sources are asked where they can have something to say, which for most VINs is nowhere.
create or replace function decoder.find_items(
    release_id int,
    wmi catalog.wmi,
    segment catalog.segment,
    vin text,
    symbols bit,
    year int,
    year_keys text
)
    returns decoder.findings
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    found decoder.findings;
    items decoder.item[];
    engines decoder.item[];
    model_pattern int;
    model_id text;
    make_pattern int;
    displacements int := 0;
begin
    if segment.wmi_id is not null then
        select
            array_agg(m) filter (where m.element_id > 0), array_agg(m) filter (where m.element_id = -18 and m.value is not null),
            max(m.pattern_id) filter (where m.element_id = 28), max(m.value_id) filter (where m.element_id = 28),
            max(m.pattern_id) filter (where m.element_id = 26), count(*) filter (where m.element_id in (11, 12, 13)),
            count(*) > 0, bit_or(m.used_positions), max(m.value_id) filter (where m.element_id = 5)
        into items, engines, model_pattern, model_id, make_pattern, displacements,
            found.has_pattern, found.used_positions, found.body_class
        from decoder.match_patterns(release_id, segment.schema_ids, segment.link_years, symbols) as m;
        if segment.has_formula or engines is not null then
            items := decoder.complete_items(
                release_id, items || engines, segment.schema_ids, case when segment.has_formula then vin.key_image(vin) end
            );
            displacements := 0;
            select
                max(i.pattern_id) filter (where i.element_id = 28), max(i.value_id) filter (where i.element_id = 28), count(*) > 0,
                bit_or(i.used_positions), max(i.value_id) filter (where i.element_id = 5)
            into model_pattern, model_id, found.has_pattern, found.used_positions, found.body_class
            from unnest(items) as i;
        end if;
    end if;
    -- A model that no make sells leaves the make unknown: NHTSA does not fall back to the WMI.
    if model_pattern is null and wmi.sole_make_id is not null then
        items := items || (26, wmi.sole_make_name, wmi.sole_make_id::text, 'Make', wmi.wmi, -100, null, null, null, 0, false)::decoder.item;
    elsif make_pattern is distinct from model_pattern then
        items := array(select i from unnest(items) as i where i.element_id <> 26)
            || array(select m from unnest(items) as i cross join lateral decoder.find_makes(release_id, i) as m where i.element_id = 28);
    end if;
    -- A displacement in one unit comes in all three, unless it is no pattern's.
    if displacements between 1 and 2 then
        items := items || array(select c from decoder.convert(release_id, items) as c);
    end if;
    items := array[
        (39, wmi.vehicle_type_name, wmi.vehicle_type_id::text, 'VehType', wmi.wmi, 100, null, null, null, 0, false)::decoder.item,
        (27, wmi.manufacturer_name, wmi.manufacturer_id::text, 'Manu. Name', wmi.wmi, 100, null, null, null, 0, false)::decoder.item
    ] || items;
    if year is not null then
        items := items || (29, year::text, year::text, 'ModelYear', year_keys, 100, null, null, null, 0, false)::decoder.item;
    end if;
    if model_id ~ '^\d{1,9}$' and decoder.has_specs(release_id, wmi.make_ids, wmi.vehicle_type_id, model_id::int, year) then
        items := items || array(select s from decoder.find_specs(release_id, wmi, year, items) as s);
    end if;
    found.items := items;
    found.has_model := model_pattern is not null;
    return found;
end;
$$;
comment on function decoder.find_items(int, catalog.wmi, catalog.segment, text, bit, int, text) is
    'Every value that one model year gives a VIN, before defaults: patterns, formulas, engine model, type, manufacturer, make, year, conversions, specifications.';
