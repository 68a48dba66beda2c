-- For VINs of different kinds: what is remembered is looked up, of the others most are put together for all at once, and only what
-- is left is described VIN by VIN.
create or replace function decoder.decode_kinds(release_id int, vins text[], regulars text[], model_years int[], as_of timestamp)
    returns table (ordinal int, own text, common text, is_common boolean, data_version text)
    language plpgsql
    stable parallel safe
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
    is_answered boolean[] := array_fill(false, array[coalesce(cardinality(vins), 0)]);
    others text[] := regulars;
    heads text[];
    confidences numeric[];
    weights int[];
begin
    for ordinal, own, common, is_common, data_version in
        select a.ordinality, decoder.regular_json(a.vin), m.common, true, m.data_version
        from unnest(regulars, model_years) with ordinality as a (vin, model_year, ordinality)
        inner join catalog.memo as m
            on m.descriptor = vin.descriptor(a.vin)
            and m.model_year = coalesce(a.model_year, 0)
            and m.clock_year = extract(year from as_of)::int
            and m.release_id = release_id
        -- The memo's 0 is no caller's: whoever asks for the year 0 is told that it is another (code 12).
        where a.vin is not null and a.model_year is distinct from 0
    loop
        is_answered[ordinal] := true;
        others[ordinal] := null;
        return next;
    end loop;
    for ordinal, common, is_common, data_version in
        select d.ordinal, d.common, d.is_common, d.data_version
        from decoder.decode_by_keys(release_id, others, model_years, as_of) as d
    loop
        own := decoder.regular_json(others[ordinal]);
        is_answered[ordinal] := true;
        others[ordinal] := null;
        return next;
    end loop;
    if array_remove(others, null) = '{}' and not false = any(is_answered) then
        return;
    end if;
    select p.heads, p.pattern_confidences, p.element_weights
    into heads, confidences, weights
    from catalog.phrase as p
    where p.release_id = release_id;
    for ordinal, common, is_common, data_version in
        select d.ordinal, d.common, d.is_common, d.data_version
        from decoder.decode_by_patterns(release_id, others, model_years, as_of, heads, confidences, weights) as d
    loop
        own := decoder.regular_json(others[ordinal]);
        is_answered[ordinal] := true;
        return next;
    end loop;
    return query
    select a.ordinality::int, d.own, d.common, d.is_common, d.data_version
    from unnest(vins, model_years, is_answered) with ordinality as a (vin, model_year, is_answered, ordinality)
    cross join lateral decoder.describe_vin(release_id, a.vin, a.model_year, as_of) as d
    where not a.is_answered;
end;
$$;
comment on function decoder.decode_kinds(int, text[], text[], int[], timestamp) is
    'decoder.decode_document of many VINs, in any order, remembered ones from the memo. regulars: of each VIN its normal form when it is regular (decoder.is_regular), else null; model_years: null for none, may be shorter.';
