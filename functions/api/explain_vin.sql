create or replace function api.explain_vin(vin text, model_year int default null)
    returns jsonb
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
as $$
declare
    release_id constant int := decoder.current_release_id();
    document constant record := decoder.decode_document(release_id, vin, model_year, localtimestamp);
begin
    return (document.own || document.common)::jsonb
        || jsonb_build_object('explanation', decoder.explain(release_id, vin, model_year, localtimestamp));
end;
$$;
comment on function api.explain_vin(text, int) is
    'The decode object of api.decode_vin with an explanation: year decision, positions, and for each value its key, schema, rivals and confidence parts.';
grant execute on function api.explain_vin(text, int) to mvp_platform_user, mvp_platform_admin;
