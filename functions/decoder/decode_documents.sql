-- VINs of one descriptor are decoded once. The way back to the input's order is a loop: a sort, or a hash join that spills, would
-- carry every answer's kilobytes through temporary files.
create or replace function decoder.decode_documents(release_id int, vins text[], model_years int[], as_of timestamp)
    returns table (ordinal int, own text, common text, is_common boolean, data_version text)
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    normal text;
    -- Of each VIN the number of its group; 0 for those that share nothing.
    groups int[];
    -- Of each group.
    firsts int[];
    commons text[] := '{}'::text[];
    document record;
    at_group int;
begin
    with asked as materialized (
        select a.ordinality, coalesce(a.model_year, 0) as model_year, vin.descriptor(n.normal) as descriptor, decoder.is_regular(n.normal) and a.model_year is distinct from 0 as is_regular
        from unnest(vins, model_years) with ordinality as a (vin, model_year, ordinality)
        cross join lateral (select vin.normalize(left(btrim(a.vin, ' '), 18)) as normal) as n
    ),
    shared as materialized (
        select a.descriptor, a.model_year, min(a.ordinality) as first, row_number() over (order by min(a.ordinality)) as group_number
        from asked as a
        where a.is_regular
        group by a.descriptor, a.model_year
    )
    select
        array_agg(coalesce(s.group_number, 0) order by a.ordinality),
        array_agg(s.first order by s.group_number) filter (where s.first = a.ordinality)
    into groups, firsts
    from asked as a
    left join shared as s on a.is_regular and s.descriptor = a.descriptor and s.model_year = a.model_year;

    for at in 1 .. coalesce(cardinality(vins), 0) loop
        ordinal := at;
        at_group := groups[at];
        if at_group > 0 and at > firsts[at_group] and commons[at_group] is not null then
            normal := vin.normalize(vins[at]);
            own := decoder.own_json(normal, true, substr(normal, 9, 1));
            common := commons[at_group];
            is_common := true;
        else
            document := decoder.find_document(release_id, vins[at], model_years[at], as_of);
            own := document.own;
            common := document.common;
            is_common := document.is_common;
            data_version := document.data_version;
            if at_group > 0 and is_common then
                commons[at_group] := common;
            end if;
        end if;
        return next;
    end loop;
end;
$$;
comment on function decoder.decode_documents(int, text[], int[], timestamp) is
    'decoder.find_document of many VINs, in input order. model_years: of each VIN, null for none, may be null or shorter.';
