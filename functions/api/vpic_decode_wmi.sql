create or replace function api.vpic_decode_wmi(wmi text)
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
                    'CommonName', '',
                    'CreatedOn', w.created_on,
                    'DateAvailableToPublic', w.public_at::date,
                    'Make', m.name,
                    'ManufacturerName', w.manufacturer_name,
                    'ParentCompanyName', '',
                    'URL', '',
                    'UpdatedOn', w.updated_on,
                    'VehicleType', t.name
                )
                order by m.make_id
            ),
            '[]'
        )
        from catalog.wmi as w
        left join catalog.make as m on m.release_id = release_id and m.make_id = any(w.make_ids)
        left join catalog.vehicle_type as t on t.release_id = release_id and t.vehicle_type_id = w.vehicle_type_id
        where w.release_id = release_id
            and w.wmi = upper(btrim(vpic_decode_wmi.wmi) collate vin.simple_case)
            and w.public_at <= localtimestamp
    );
end;
$$;
comment on function api.vpic_decode_wmi(text) is
    'Results of the public vPIC API''s DecodeWMI: a row for each make of the WMI. Common name, parent company and URL are not in the published data.';
grant execute on function api.vpic_decode_wmi(text) to mvp_platform_user, mvp_platform_admin;
