create or replace function api.vpic_manufacturer_details(manufacturer text)
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
                    'Address', null,
                    'Address2', null,
                    'City', null,
                    'ContactEmail', null,
                    'ContactFax', null,
                    'ContactPhone', null,
                    'Country', p.country,
                    'DBAs', null,
                    'EquipmentItems', '[]'::json,
                    'LastUpdated', null,
                    'ManufacturerTypes', '[]'::json,
                    'Mfr_CommonName', null,
                    'Mfr_ID', f.manufacturer_id,
                    'Mfr_Name', upper(f.name collate vin.simple_case),
                    'OtherManufacturerDetails', null,
                    'PostalCode', null,
                    'PrimaryProduct', null,
                    'PrincipalFirstName', null,
                    'PrincipalLastName', null,
                    'PrincipalPosition', null,
                    'StateProvince', null,
                    'SubmittedName', null,
                    'SubmittedOn', null,
                    'SubmittedPosition', null,
                    'VehicleTypes', (
                        select coalesce(
                            json_agg(json_build_object('GVWRFrom', null, 'GVWRTo', null, 'IsPrimary', false, 'Name', t.name) order by t.ordinal), '[]'
                        )
                        from unnest(p.vehicle_types) with ordinality as t (name, ordinal)
                    )
                )
                order by f.manufacturer_id
            ),
            '[]'
        )
        from decoder.search_manufacturers(release_id, vpic_manufacturer_details.manufacturer) as f
        cross join lateral decoder.maker_profile(release_id, f.manufacturer_id) as p
    );
end;
$$;
comment on function api.vpic_manufacturer_details(text) is
    'Results of the public vPIC API''s GetManufacturerDetails. Addresses, people and dates are not in the published data: null.';
grant execute on function api.vpic_manufacturer_details(text) to mvp_platform_user, mvp_platform_admin;
