create or replace function api.vpic_models_of_year(make text, make_id int, year int, vehicle_type text default null)
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
                case
                    when made.vehicle_type_id is null then
                        json_build_object('Make_ID', made.make_id, 'Make_Name', made.make_name, 'Model_ID', m.model_id, 'Model_Name', m.name)
                    else
                        json_build_object(
                            'Make_ID', made.make_id, 'Make_Name', made.make_name, 'Model_ID', m.model_id, 'Model_Name', m.name,
                            'VehicleTypeId', made.vehicle_type_id, 'VehicleTypeName', made.type_name
                        )
                end
                order by made.make_id, m.model_id, made.vehicle_type_id
            ),
            '[]'
        )
        from (
            select distinct k.make_id, k.name as make_name, y.model_id, t.vehicle_type_id, t.name as type_name
            from decoder.search_makes(release_id, vpic_models_of_year.make, vpic_models_of_year.make_id) as k
            inner join catalog.model_year as y on y.release_id = release_id and y.make_id = k.make_id
            left join decoder.search_vehicle_types(release_id, vpic_models_of_year.vehicle_type) as t on t.vehicle_type_id = y.vehicle_type_id
            where (vpic_models_of_year.year is null or y.years @> vpic_models_of_year.year)
                and (vpic_models_of_year.vehicle_type is null or t.vehicle_type_id is not null)
        ) as made
        inner join catalog.model as m on m.release_id = release_id and m.make_id = made.make_id and m.model_id = made.model_id
    );
end;
$$;
comment on function api.vpic_models_of_year(text, int, int, text) is
    'Results of the public vPIC API''s GetModelsForMakeYear and GetModelsForMakeIdYear: of a year, a vehicle type (part of its name, or its id) or both. Rows name the type when one was asked for.';
grant execute on function api.vpic_models_of_year(text, int, int, text) to mvp_platform_user, mvp_platform_admin;
