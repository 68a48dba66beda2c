create or replace function api.vpic_variable_values(variable text)
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
            json_agg(json_build_object('ElementName', e.name, 'Id', v.value_id, 'Name', v.name) order by e.element_id, v.value_id), '[]'
        )
        from catalog.element as e
        inner join lateral (
            select l.value_id, l.name
            from catalog.lookup_value as l
            where l.release_id = release_id and l.lookup_table = e.lookup_table
            union all
            select m.make_id, m.name from catalog.make as m where m.release_id = release_id and e.lookup_table = 'make'
            union all
            select distinct m.model_id, m.name from catalog.model as m where m.release_id = release_id and e.lookup_table = 'model'
            union all
            select f.manufacturer_id, f.name
            from catalog.manufacturer as f
            where f.release_id = release_id and e.lookup_table = 'manufacturer'
            union all
            select t.vehicle_type_id, t.name
            from catalog.vehicle_type as t
            where t.release_id = release_id and e.lookup_table = 'vehicletype'
            union all
            select c.error_code, c.name from catalog.error_code as c where c.release_id = release_id and e.lookup_table = 'errorcode'
        ) as v on true
        where e.release_id = release_id
            and case
                when vpic_variable_values.variable ~ '^\s*\d{1,9}\s*$' then e.element_id = vpic_variable_values.variable::int
                else lower(e.name) = lower(btrim(vpic_variable_values.variable))
            end
    );
end;
$$;
comment on function api.vpic_variable_values(text) is
    'Results of the public vPIC API''s GetVehicleVariableValuesList: the values of a variable, by its name in any case or its id. Only variables with a lookup table have some.';
grant execute on function api.vpic_variable_values(text) to mvp_platform_user, mvp_platform_admin;
