create or replace function api.vpic_makes_of_manufacturer(manufacturer text)
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
                json_build_object('Make_ID', m.make_id, 'Make_Name', m.name, 'Mfr_Name', upper(f.name collate vin.simple_case))
                order by m.make_id, f.manufacturer_id
            ),
            '[]'
        )
        from decoder.search_manufacturers(release_id, vpic_makes_of_manufacturer.manufacturer) as f
        inner join catalog.manufacturer_make as fm on fm.release_id = release_id and fm.manufacturer_id = f.manufacturer_id
        inner join catalog.make as m on m.release_id = release_id and m.make_id = fm.make_id
    );
end;
$$;
comment on function api.vpic_makes_of_manufacturer(text) is
    'Results of the public vPIC API''s GetMakeForManufacturer.';
grant execute on function api.vpic_makes_of_manufacturer(text) to mvp_platform_user, mvp_platform_admin;
