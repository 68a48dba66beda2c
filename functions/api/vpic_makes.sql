create or replace function api.vpic_makes()
    returns json
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_variable
declare
    release_id constant int := decoder.listed_release_id();
begin
    return (
        select coalesce(json_agg(json_build_object('Make_ID', m.make_id, 'Make_Name', m.name) order by m.make_id), '[]')
        from catalog.make as m
        where m.release_id = release_id
    );
end;
$$;
comment on function api.vpic_makes() is
    'Results of the public vPIC API''s GetAllMakes.';
grant execute on function api.vpic_makes() to mvp_platform_user, mvp_platform_admin;
