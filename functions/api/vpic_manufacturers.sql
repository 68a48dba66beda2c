create or replace function api.vpic_manufacturers(page int default 1, manufacturer_type text default null)
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
                    'Country', p.country,
                    'Mfr_CommonName', null,
                    'Mfr_ID', f.manufacturer_id,
                    'Mfr_Name', upper(f.name collate vin.simple_case),
                    'VehicleTypes', (
                        select coalesce(json_agg(json_build_object('IsPrimary', false, 'Name', t.name) order by t.ordinal), '[]')
                        from unnest(p.vehicle_types) with ordinality as t (name, ordinal)
                    )
                )
                order by f.manufacturer_id
            ),
            '[]'
        )
        from (
            select f.manufacturer_id, f.name
            from catalog.manufacturer as f
            -- Nobody can tell whether it is one: none is better than all.
            where f.release_id = release_id and vpic_manufacturers.manufacturer_type is null
            order by f.manufacturer_id
            -- As many as the public API shows at a time.
            limit 100
            offset 100 * (greatest(coalesce(vpic_manufacturers.page, 1), 1)::bigint - 1)
        ) as f
        cross join lateral decoder.maker_profile(release_id, f.manufacturer_id) as p
    );
end;
$$;
comment on function api.vpic_manufacturers(int, text) is
    'Results of the public vPIC API''s GetAllManufacturers: a page of 100, from page 1. Common names, primary types and manufacturers'' types are not in the published data; none is found by a type.';
grant execute on function api.vpic_manufacturers(int, text) to mvp_platform_user, mvp_platform_admin;
