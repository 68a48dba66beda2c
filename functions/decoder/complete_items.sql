create or replace function decoder.complete_items(release_id int, matched decoder.item[], schema_ids int[], formula_image text)
    returns decoder.item[]
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    engine decoder.item := (select m from unnest(matched) as m where m.element_id = -18 and m.value is not null);
    -- What the other sources state comes before a conversion.
    items decoder.item[] := array(select m from unnest(matched) as m where m.element_id > 0 and m.source not like 'Conversion%');
begin
    if formula_image is not null then
        items := items || decoder.fill(
            release_id, items, array(select m from decoder.match_formulas(release_id, schema_ids, formula_image) as m)
        );
    end if;
    if engine.value is not null then
        items := items || decoder.fill(release_id, items, array(select m from decoder.match_engine_model(release_id, engine) as m));
    end if;
    return items || array(select c from decoder.convert(release_id, items) as c);
end;
$$;
comment on function decoder.complete_items(int, decoder.item[], int[], text) is
    'What decoder.match_patterns found, filled up from formulas, then from the chosen engine model, then by conversions. formula_image: vin.key_image of the VIN where its schemas have formulas, else null.';
