create or replace function api.trims(year int default null, make text default null, model text default null)
    returns table (id int, name text)
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
begin atomic
    select o.id, o.name
    from decoder.list_options(decoder.current_release_id(), 'trim', trims.year, trims.make, trims.model) as o;
end;
comment on function api.trims(int, text, text) is
    'Dropdown of trims: every known one, or those that the data allows for year, make and model (names in any case, or ids). VP404 for an unknown make or model.';
grant execute on function api.trims(int, text, text) to mvp_platform_user, mvp_platform_admin;
