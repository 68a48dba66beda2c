create or replace function api.decode_elements(vin text, model_year int default null)
    returns table (
        element_id int,
        variable text,
        value text,
        value_id text,
        source text,
        keys text,
        confidence real
    )
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    select d.element_id, d.variable, d.value, d.value_id, d.source, d.keys, d.confidence
    from decoder.decode_elements(
        decoder.current_release_id(), decode_elements.vin, decode_elements.model_year, localtimestamp
    ) as d;
end;
$$;
comment on function api.decode_elements(text, int) is
    'Every decoded element of any text (partial VINs and nonsense too), NHTSA''s answer value by value, the error elements 142, 143, 144, 156, 191, 196 included; never raises for its input.';
grant execute on function api.decode_elements(text, int) to mvp_platform_user, mvp_platform_admin, mvp_platform_etl;
