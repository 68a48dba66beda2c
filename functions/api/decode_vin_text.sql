create or replace function api.decode_vin_text(
    vin text,
    model_year int default null,
    out own text,
    out common text,
    out is_common boolean,
    out data_version text
)
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
as $$
declare
    document constant record := decoder.find_document(
        decoder.current_release_id(), decode_vin_text.vin, decode_vin_text.model_year, localtimestamp
    );
begin
    own := document.own;
    common := document.common;
    is_common := document.is_common;
    data_version := document.data_version;
end;
$$;
comment on function api.decode_vin_text(text, int) is
    'api.decode_vin as JSON text ready to send, own || common. is_common: common is the same for every VIN of the same descriptor and model_year whose characters are legal, with digits from position 13 on, and whose check digit is right.';
grant execute on function api.decode_vin_text(text, int) to mvp_platform_user, mvp_platform_admin;
