create or replace function api.vpic_makes_of_manufacturer_year(manufacturer text, year int)
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
                    'MakeId', made.make_id, 'MakeName', made.name, 'MfrId', made.manufacturer_id,
                    'MfrName', upper(made.manufacturer_name collate vin.simple_case)
                )
                order by made.make_id, made.manufacturer_id
            ),
            '[]'
        )
        from (
            select distinct m.make_id, m.name, f.manufacturer_id, f.name as manufacturer_name
            from decoder.search_manufacturers(release_id, vpic_makes_of_manufacturer_year.manufacturer) as f
            inner join catalog.wmi as w
                on w.release_id = release_id and w.manufacturer_id = f.manufacturer_id and w.public_at <= localtimestamp
            -- The WMI was in use that year, and so was the make: a WMI of several makes outlives some of them.
            inner join catalog.segment as s
                on s.release_id = release_id and s.wmi_id = w.wmi_id
                and vpic_makes_of_manufacturer_year.year between s.year_from and s.year_to
            inner join catalog.make as m on m.release_id = release_id and m.make_id = any(w.make_ids)
            where exists (
                select
                from catalog.make_year as y
                where y.release_id = release_id and y.make_id = m.make_id and y.years @> vpic_makes_of_manufacturer_year.year
            )
        ) as made
    );
end;
$$;
comment on function api.vpic_makes_of_manufacturer_year(text, int) is
    'Results of the public vPIC API''s GetMakesForManufacturerAndYear.';
grant execute on function api.vpic_makes_of_manufacturer_year(text, int) to mvp_platform_user, mvp_platform_admin;
