create or replace function api.vpic_variables()
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
                json_build_object(
                    'DataType', e.data_type,
                    'Description', e.description,
                    'GroupName', e.group_name,
                    'ID', e.element_id,
                    'Name', e.name
                )
                order by e.element_id
            ),
            '[]'
        )
        from catalog.element as e
        where e.release_id = release_id and (e.is_emitted or e.is_extended)
    );
end;
$$;
comment on function api.vpic_variables() is
    'Results of the public vPIC API''s GetVehicleVariableList: the variables of DecodeVinExtended.';
grant execute on function api.vpic_variables() to mvp_platform_user, mvp_platform_admin;
