create or replace function api.vpic_vehicle_types(make text, make_id int default null)
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
                    when vpic_vehicle_types.make_id is null then
                        json_build_object(
                            'MakeId', made.make_id, 'MakeName', made.make_name,
                            'VehicleTypeId', made.vehicle_type_id, 'VehicleTypeName', made.name
                        )
                    else json_build_object('VehicleTypeId', made.vehicle_type_id, 'VehicleTypeName', made.name)
                end
                order by made.make_id, made.vehicle_type_id
            ),
            '[]'
        )
        from (
            select distinct k.make_id, k.name as make_name, t.vehicle_type_id, t.name
            from decoder.search_makes(release_id, vpic_vehicle_types.make, vpic_vehicle_types.make_id) as k
            inner join catalog.make_year as y on y.release_id = release_id and y.make_id = k.make_id
            inner join catalog.vehicle_type as t on t.release_id = release_id and t.vehicle_type_id = y.vehicle_type_id
        ) as made
    );
end;
$$;
comment on function api.vpic_vehicle_types(text, int) is
    'Results of the public vPIC API''s GetVehicleTypesForMake, or of GetVehicleTypesForMakeId where the id is given: it names no make.';
grant execute on function api.vpic_vehicle_types(text, int) to mvp_platform_user, mvp_platform_admin;
