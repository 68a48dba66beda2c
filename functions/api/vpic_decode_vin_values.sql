create or replace function api.vpic_decode_vin_values(vin text, model_year int default null, is_extended boolean default false)
    returns table (row_count int, results json)
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
begin atomic
    with current as materialized (select decoder.current_release_id() as release_id)
    select
        case when vpic_decode_vin_values.is_extended then d.extended_row_count else d.row_count end,
        json_build_array(d.vehicle)
    from current as c
    cross join lateral decoder.decode_values(
        c.release_id, vpic_decode_vin_values.vin, vpic_decode_vin_values.model_year, localtimestamp
    ) as d;
end;
comment on function api.vpic_decode_vin_values(text, int, boolean) is
    'Results of the public vPIC API''s DecodeVinValues, or of DecodeVinValuesExtended: one object with a key for every variable. row_count is what the API gives as Count: the rows of DecodeVin.';
grant execute on function api.vpic_decode_vin_values(text, int, boolean) to mvp_platform_user, mvp_platform_admin;
