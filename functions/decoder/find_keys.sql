-- The first and mostly the only look at the patterns of a model year: which keys match, and whether they are all there is to know.
create or replace function decoder.find_keys(release_id int, wmi catalog.wmi, segment catalog.segment, symbols bit, year int)
    returns decoder.findings
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    found decoder.findings;
    text_ids int[];
    has_keys boolean;
    is_alike boolean;
    stated bigint;
    is_whole boolean;
    spec_model_id int;
begin
    if segment.wmi_id is null then
        found.text_ids := array[]::int[];
        found.has_pattern := false;
        found.has_model := false;
        return found;
    end if;
    if segment.has_formula then
        return null;
    end if;
    select
        array_agg(k.text_id) filter (where k.text_id is not null), count(*) > 0, bit_or(k.elements), sum(bit_count(k.elements)),
        bool_and(k.is_whole), bool_and(k.is_alike), bit_or(k.used_positions), max(k.body_class), max(k.spec_model_id)
    into text_ids, has_keys, found.elements, stated, is_whole, is_alike, found.used_positions, found.body_class, spec_model_id
    from (
        -- Two schemas often know the plant: the same values twice are no contest, if they rest on the same positions.
        select
            k.text_id, k.elements, bool_and(coalesce(k.is_whole, false)) as is_whole,
            min(k.used_positions) = max(k.used_positions) as is_alike, max(k.used_positions) as used_positions,
            max(k.body_class) as body_class, max(k.spec_model_id) as spec_model_id
        from unnest(segment.schema_ids) as link (schema_id)
        inner join catalog.pattern_key as k
            on k.release_id = release_id
            and k.schema_id = link.schema_id
            and (k.symbols & symbols) = symbols
        where k.elements is not null or k.is_whole is null
        group by k.text_id, k.elements
    ) as k;
    -- As many elements as were stated: none twice.
    if has_keys and not (is_whole and is_alike and bit_count(found.elements) = stated) then
        return null;
    end if;
    if spec_model_id is not null and decoder.has_specs(release_id, wmi, spec_model_id, year) then
        return null;
    end if;
    found.text_ids := coalesce(text_ids, '{}'::int[]);
    found.has_pattern := has_keys;
    found.has_model := coalesce(get_bit(found.elements, 28) = 1, false);
    return found;
end;
$$;
comment on function decoder.find_keys(int, catalog.wmi, catalog.segment, bit, int) is
    'The keys that match a VIN, when each stands as it is and none contests another; null when decoder.find_items has to look at the patterns.';
