create or replace function api.decode_vin(vin text, model_year int default null)
    returns jsonb
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
as $$
declare
    document constant record := api.decode_vin_text(decode_vin.vin, decode_vin.model_year);
begin
    return (document.own || document.common)::jsonb;
end;
$$;
comment on function api.decode_vin(text, int) is
    'The decode object: make, model, year and the other fields with their confidence, check digit, errors, and every decoded element as rawData. Answers any text.';
grant execute on function api.decode_vin(text, int) to mvp_platform_user, mvp_platform_admin, mvp_platform_etl;
