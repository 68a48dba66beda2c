create or replace function api.vpic_decode_vin_values(vin text, model_year int default null)
    returns jsonb
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
begin atomic
    with current as materialized (select decoder.current_release_id() as release_id),
    decoded as materialized (
        select d.element_id, string_agg(d.value, ', ' order by d.value) as value, min(d.value_id) as value_id
        from current as c
        cross join lateral decoder.decode_elements(
            c.release_id, vpic_decode_vin_values.vin, vpic_decode_vin_values.model_year, localtimestamp
        ) as d
        group by d.element_id
    )
    select jsonb_build_object(
        'VIN', vin.normalize(vpic_decode_vin_values.vin),
        'MakeID', coalesce((select d.value_id from decoded as d where d.element_id = 26), ''),
        'ManufacturerId', coalesce((select d.value_id from decoded as d where d.element_id = 27), ''),
        'ModelID', coalesce((select d.value_id from decoded as d where d.element_id = 28), '')
    ) || jsonb_object_agg(e.code, coalesce(d.value, ''))
    from current as c
    inner join catalog.element as e on e.release_id = c.release_id and e.is_emitted and e.code is not null
    left join decoded as d on d.element_id = e.element_id;
end;
comment on function api.vpic_decode_vin_values(text, int) is
    'The one result of the public vPIC API''s DecodeVinValues: an object with the code of every public variable, empty ones included.';
grant execute on function api.vpic_decode_vin_values(text, int) to mvp_platform_user, mvp_platform_admin;
