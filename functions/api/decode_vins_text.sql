-- VINs of one kind are decoded once: one of each in a first round, in a second those whose kind turned out to have nothing in common.
-- The way back to the input's order is by subscript: a sort, or a hash join that spills, would carry every answer's kilobytes
-- through temporary files.
create or replace function api.decode_vins_text(vins text[], model_years int[] default null)
    returns table (ordinal int, own text, common text, is_common boolean, data_version text)
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
    release_id constant int := decoder.current_release_id();
    clock constant timestamp := localtimestamp;
    -- Of each VIN: its normal form, null unless it is regular; the subscript of its answer below.
    regulars text[];
    answer_of int[];
    -- Of each kind: the VIN that is decoded.
    firsts int[];
    kind_vins text[];
    kind_regulars text[];
    kind_years int[];
    -- The answers: of each kind, then of each VIN that needs its own.
    owns text[] := '{}'::text[];
    commons text[] := '{}'::text[];
    is_shared boolean[] := '{}'::boolean[];
    version text;
    kinds int;
    answer record;
begin
    regulars := array(
        select case when decoder.is_regular(n.normal) then n.normal end
        from unnest(vins) with ordinality as a (vin, ordinality)
        cross join lateral (select vin.normalize(left(btrim(a.vin, ' '), 18)) as normal offset 0) as n
        order by a.ordinality
    );
    -- Finding kinds among a few takes longer than it saves.
    if cardinality(vins) <= 32 then
        return query
        select d.ordinal, d.own, d.common, d.is_common, d.data_version
        from decoder.decode_kinds(release_id, vins, regulars, model_years, clock) as d
        order by d.ordinal;
        return;
    end if;
    -- Numbers are sorted, and not rows that carry texts.
    answer_of := array(
        select g.kind
        from (
            select
                a.ordinality,
                dense_rank() over (order by coalesce(vin.descriptor(a.regular), a.ordinality::text) collate "C", a.model_year)::int as kind
            from unnest(regulars, model_years) with ordinality as a (regular, model_year, ordinality)
        ) as g
        order by g.ordinality
    );
    firsts := array(
        select min(a.ordinality)::int
        from unnest(answer_of) with ordinality as a (kind, ordinality)
        group by a.kind
        order by a.kind
    );
    select
        array_agg(vins[f.first] order by f.kind), array_agg(regulars[f.first] order by f.kind),
        array_agg(model_years[f.first] order by f.kind)
    into kind_vins, kind_regulars, kind_years
    from unnest(firsts) with ordinality as f (first, kind);
    kinds := coalesce(cardinality(firsts), 0);

    for answer in select d.* from decoder.decode_kinds(release_id, kind_vins, kind_regulars, kind_years, clock) as d loop
        owns[answer.ordinal] := answer.own;
        commons[answer.ordinal] := answer.common;
        is_shared[answer.ordinal] := answer.is_common;
        version := answer.data_version;
    end loop;

    if kinds < cardinality(vins) and not is_shared <@ array[true] then
        select
            array_agg(a.vin order by a.ordinality), array_agg(regulars[a.ordinality] order by a.ordinality),
            array_agg(a.model_year order by a.ordinality), array_agg(a.ordinality::int order by a.ordinality)
        into kind_vins, kind_regulars, kind_years, firsts
        from unnest(vins, model_years, answer_of) with ordinality as a (vin, model_year, kind, ordinality)
        where not is_shared[a.kind] and firsts[a.kind] <> a.ordinality;
        for answer in select d.* from decoder.decode_kinds(release_id, kind_vins, kind_regulars, kind_years, clock) as d loop
            owns[kinds + answer.ordinal] := answer.own;
            commons[kinds + answer.ordinal] := answer.common;
            is_shared[kinds + answer.ordinal] := answer.is_common;
            answer_of[firsts[answer.ordinal]] := kinds + answer.ordinal;
        end loop;
    end if;

    return query
    select
        a.ordinality::int,
        case when is_shared[a.answer] then decoder.regular_json(a.regular) else owns[a.answer] end,
        commons[a.answer], is_shared[a.answer], version
    from unnest(answer_of, regulars) with ordinality as a (answer, regular, ordinality);
end;
$$;
comment on function api.decode_vins_text(text[], int[]) is
    'api.decode_vin_text of many VINs, in input order; VINs of one kind are decoded once. model_years: of each VIN, null for none, may be null or shorter.';
grant execute on function api.decode_vins_text(text[], int[]) to mvp_platform_user, mvp_platform_admin;
