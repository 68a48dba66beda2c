create or replace function api.vpic_decode_vin(vin text, model_year int default null, is_extended boolean default false)
    returns jsonb
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
begin atomic
    with current as materialized (select decoder.current_release_id() as release_id),
    decoded as materialized (
        select d.element_id, d.value, d.value_id
        from current as c
        cross join lateral decoder.decode_elements(
            c.release_id, vpic_decode_vin.vin, vpic_decode_vin.model_year, localtimestamp
        ) as d
    )
    select jsonb_agg(
        jsonb_build_object(
            'Value', d.value,
            -- A variable without a lookup table has no ids: an empty string. One that has them, and no value, has none: null.
            'ValueId', case when e.lookup_table is null then '' else d.value_id end,
            'Variable', e.name,
            'VariableId', e.element_id
        )
        order by decoder.listing_rank(e.group_name), e.element_id, d.value
    )
    from current as c
    inner join catalog.element as e
        on e.release_id = c.release_id and (e.is_emitted or vpic_decode_vin.is_extended and e.is_extended)
    left join decoded as d on d.element_id = e.element_id;
end;
comment on function api.vpic_decode_vin(text, int, boolean) is
    'Results of the public vPIC API''s DecodeVin, or of DecodeVinExtended: a row for every public variable, empty ones included.';
grant execute on function api.vpic_decode_vin(text, int, boolean) to mvp_platform_user, mvp_platform_admin;
