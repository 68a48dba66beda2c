create or replace function api.decode_vins(vins text[], model_years int[] default null)
    returns table (ordinal int, vin text, decoded jsonb)
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
as $$
begin
    return query
    select d.ordinal, decode_vins.vins[d.ordinal], (d.own || d.common)::jsonb
    from api.decode_vins_text(decode_vins.vins, decode_vins.model_years) as d;
end;
$$;
comment on function api.decode_vins(text[], int[]) is
    'api.decode_vin of many VINs, in input order; VINs of one kind are decoded once. model_years: of each VIN, null for none, may be null or shorter. api.decode_vins_text is quicker where text is as good.';
grant execute on function api.decode_vins(text[], int[]) to mvp_platform_user, mvp_platform_admin;
