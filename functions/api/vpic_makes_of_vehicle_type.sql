create or replace function api.vpic_makes_of_vehicle_type(vehicle_type text)
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
                json_build_object('MakeId', m.make_id, 'MakeName', m.name, 'VehicleTypeId', made.vehicle_type_id, 'VehicleTypeName', made.name)
                order by m.make_id, made.vehicle_type_id
            ),
            '[]'
        )
        from (
            select distinct y.make_id, t.vehicle_type_id, t.name
            from decoder.search_vehicle_types(release_id, vpic_makes_of_vehicle_type.vehicle_type) as t
            inner join catalog.make_year as y on y.release_id = release_id and y.vehicle_type_id = t.vehicle_type_id
        ) as made
        inner join catalog.make as m on m.release_id = release_id and m.make_id = made.make_id
    );
end;
$$;
comment on function api.vpic_makes_of_vehicle_type(text) is
    'Results of the public vPIC API''s GetMakesForVehicleType.';
grant execute on function api.vpic_makes_of_vehicle_type(text) to mvp_platform_user, mvp_platform_admin;
