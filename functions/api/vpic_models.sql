create or replace function api.vpic_models(make text, make_id int default null)
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
        select coalesce(
            json_agg(
                json_build_object('Make_ID', k.make_id, 'Make_Name', k.name, 'Model_ID', m.model_id, 'Model_Name', m.name)
                order by k.make_id, m.model_id
            ),
            '[]'
        )
        from decoder.search_makes(release_id, vpic_models.make, vpic_models.make_id) as k
        inner join catalog.model as m on m.release_id = release_id and m.make_id = k.make_id
    );
end;
$$;
comment on function api.vpic_models(text, int) is
    'Results of the public vPIC API''s GetModelsForMake, or of GetModelsForMakeId where the id is given.';
grant execute on function api.vpic_models(text, int) to mvp_platform_user, mvp_platform_admin;
