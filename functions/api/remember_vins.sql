-- A decode only reads, so that replicas can serve it. Whoever has decoded (the server, after the answer is on its way) tells
-- the primary what to remember.
create or replace function api.remember_vins(vins text[], model_years int[] default null)
    returns int
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
    -- The memo can be made again: no reason to wait for the disk.
    set synchronous_commit = off
as $$
<<remember>>
declare
    release_id constant int := decoder.current_release_id();
    clock constant timestamp := localtimestamp;
    clock_year constant int := extract(year from localtimestamp);
    -- One VIN of each kind that is not remembered yet, and its year of the caller's.
    regulars text[];
    asked_years int[];
    added int;
begin
    select array_agg(a.normal), array_agg(a.model_year) into regulars, asked_years
    from (
        select distinct on (vin.descriptor(n.normal), v.model_year) n.normal, v.model_year
        from unnest(remember_vins.vins, remember_vins.model_years) as v (vin, model_year)
        cross join lateral (select vin.normalize(left(btrim(v.vin, ' '), 18)) as normal offset 0) as n
        where decoder.is_regular(n.normal) and v.model_year is distinct from 0
    ) as a
    where not exists (
        select
        from catalog.memo as m
        where m.release_id = remember.release_id and m.descriptor = vin.descriptor(a.normal)
            and m.model_year = coalesce(a.model_year, 0) and m.clock_year = remember.clock_year
    );
    insert into catalog.memo (descriptor, model_year, clock_year, release_id, data_version, common)
    select
        vin.descriptor(regulars[d.ordinal]), coalesce(asked_years[d.ordinal], 0), remember.clock_year, remember.release_id,
        d.data_version, d.common
    from decoder.decode_kinds(remember.release_id, regulars, regulars, asked_years, remember.clock) as d
    where d.is_common
    limit greatest(0, decoder.memo_limit() - (select count(*) from catalog.memo as m where m.release_id = remember.release_id))
    on conflict do nothing;
    get diagnostics added = row_count;
    return added;
end;
$$;
comment on function api.remember_vins(text[], int[]) is
    'Keeps what these VINs have in common with others of their descriptors in the memo, where that is exact; returns how many descriptors were new. model_years as in api.decode_vins.';
grant execute on function api.remember_vins(text[], int[]) to mvp_platform_user, mvp_platform_admin;
