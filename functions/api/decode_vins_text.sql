create or replace function api.decode_vins_text(vins text[], model_years int[] default null)
    returns table (ordinal int, own text, common text, is_common boolean, data_version text)
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
as $$
begin
    return query
    select d.ordinal, d.own, d.common, d.is_common, d.data_version
    from decoder.decode_documents(
        decoder.current_release_id(), decode_vins_text.vins, decode_vins_text.model_years, localtimestamp
    ) as d;
end;
$$;
comment on function api.decode_vins_text(text[], int[]) is
    'api.decode_vin_text of many VINs, in input order; VINs of one kind are decoded once. model_years: of each VIN, null for none, may be null or shorter.';
grant execute on function api.decode_vins_text(text[], int[]) to mvp_platform_user, mvp_platform_admin;
