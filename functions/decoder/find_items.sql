-- Sources fill in the order of their rank: a pattern (its link year, 1980 or later) before a formula (100) before an
-- engine model (50); then what follows from those.
create or replace function decoder.find_items(
    release_id int,
    wmi catalog.wmi,
    segment catalog.segment,
    image text,
    symbols bit,
    year int,
    year_keys text
)
    returns decoder.item[]
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    items decoder.item[];
    engine decoder.item;
    model decoder.item;
begin
    if segment.wmi_id is not null then
        items := array(select m from decoder.match_patterns(release_id, segment.schema_ids, segment.link_years, symbols) as m);
        -- Sorted by element, so the choice of the engine model comes first.
        if items[1].element_id = -18 then
            engine := items[1];
            items := items[2:];
        end if;
        if segment.has_formula then
            items := items || decoder.fill(release_id, items, array(select m from decoder.match_formulas(release_id, segment.schema_ids, image) as m));
        end if;
        if engine.value is not null then
            items := items || decoder.fill(release_id, items, array(select m from decoder.match_engine_model(release_id, engine) as m));
        end if;
    end if;
    select i.* into model from unnest(items) as i where i.element_id = 28;
    items := array[
        (39, wmi.vehicle_type_name, wmi.vehicle_type_id::text, 'VehType', wmi.wmi, 100, null, null, null, 0, false)::decoder.item,
        (27, wmi.manufacturer_name, wmi.manufacturer_id::text, 'Manu. Name', wmi.wmi, 100, null, null, null, 0, false)::decoder.item
    ] || items || array(select m from decoder.find_makes(release_id, wmi, model) as m);
    if year is not null then
        items := items || (29, year::text, year::text, 'ModelYear', year_keys, 100, null, null, null, 0, false)::decoder.item;
    end if;
    items := items || array(select c from decoder.convert(release_id, items) as c);
    if model.element_id is not null then
        items := items || array(select s from decoder.find_specs(release_id, wmi, year, items) as s);
    end if;
    return items;
end;
$$;
comment on function decoder.find_items(int, catalog.wmi, catalog.segment, text, bit, int, text) is
    'Every value that one model year gives a VIN, before defaults: patterns, formulas, engine model, type, manufacturer, make, year, conversions, specifications.';
