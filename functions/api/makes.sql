create or replace function api.makes(year int default null, vehicle_type text default null)
    returns table (id int, name text)
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
begin atomic
    with current as materialized (
        select r.release_id, decoder.find_vehicle_types(r.release_id, makes.vehicle_type) as type_ids
        from (select decoder.current_release_id() as release_id) as r
    )
    select m.make_id, m.name
    from catalog.make as m
    where m.release_id = (select c.release_id from current as c)
        and m.make_id in (
            select y.make_id
            from catalog.make_year as y
            where y.release_id = (select c.release_id from current as c)
                and y.vehicle_type_id = any((select c.type_ids from current as c)::int[])
                and (makes.year is null or y.years @> makes.year)
        )
    order by m.name collate "C", m.make_id;
end;
comment on function api.makes(int, text) is
    'Dropdown of makes: of a model year and a vehicle type (name, short form, id or "all"; null: cars, MPVs, trucks, motorcycles). VP404 for an unknown type.';
grant execute on function api.makes(int, text) to mvp_platform_user, mvp_platform_admin;
