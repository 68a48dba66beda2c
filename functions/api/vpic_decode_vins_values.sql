create or replace function api.vpic_decode_vins_values(vins text[], model_years int[] default '{}')
    returns json
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
begin atomic
    with current as materialized (select decoder.current_release_id() as release_id)
    select coalesce(json_agg(d.vehicle order by v.ordinal), '[]')
    from current as c
    cross join lateral unnest(vpic_decode_vins_values.vins) with ordinality as v (vin, ordinal)
    cross join lateral decoder.decode_values(
        c.release_id, v.vin, vpic_decode_vins_values.model_years[v.ordinal], localtimestamp
    ) as d;
end;
comment on function api.vpic_decode_vins_values(text[], int[]) is
    'Results of the public vPIC API''s DecodeVinValuesBatch: an object for each VIN, in their order. model_years stand at the places of their VINs.';
grant execute on function api.vpic_decode_vins_values(text[], int[]) to mvp_platform_user, mvp_platform_admin;
