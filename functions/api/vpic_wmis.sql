create or replace function api.vpic_wmis(manufacturer text, vehicle_type text default null)
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
                    'Country', c.name,
                    'CreatedOn', w.created_on,
                    'DateAvailableToPublic', w.public_at::date,
                    'Id', f.manufacturer_id,
                    'Name', f.name,
                    'UpdatedOn', w.updated_on,
                    'VehicleType', t.name,
                    'WMI', w.wmi
                )
                order by w.wmi_id
            ),
            '[]'
        )
        from catalog.wmi as w
        inner join catalog.manufacturer as f on f.release_id = release_id and f.manufacturer_id = w.manufacturer_id
        left join catalog.vehicle_type as t on t.release_id = release_id and t.vehicle_type_id = w.vehicle_type_id
        left join catalog.lookup_value as c on c.release_id = release_id and c.lookup_table = 'country' and c.value_id = w.country_id
        where w.release_id = release_id
            and w.public_at <= localtimestamp
            and (
                vpic_wmis.manufacturer is null
                or w.manufacturer_id in (
                    select s.manufacturer_id from decoder.search_manufacturers(release_id, vpic_wmis.manufacturer) as s
                )
            )
            and (
                vpic_wmis.vehicle_type is null
                or w.vehicle_type_id in (select s.vehicle_type_id from decoder.search_vehicle_types(release_id, vpic_wmis.vehicle_type) as s)
            )
    );
end;
$$;
comment on function api.vpic_wmis(text, text) is
    'Results of the public vPIC API''s GetWMIsForManufacturer: of a manufacturer (part of its name, or its id), a vehicle type or both.';
grant execute on function api.vpic_wmis(text, text) to mvp_platform_user, mvp_platform_admin;
