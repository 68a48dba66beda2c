create or replace function api.makes(year int default null, vehicle_type text default null)
    returns table (id int, name text)
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_variable
declare
    -- Not in the query: before the first release the planner knows that it has no rows, and asks nothing.
    release_id constant int := decoder.current_release_id();
    type_ids constant int[] := decoder.find_vehicle_types(release_id, makes.vehicle_type);
begin
    return query
    select m.make_id, m.name
    from catalog.make as m
    where m.release_id = release_id
        and m.make_id in (
            select y.make_id
            from catalog.make_year as y
            where y.release_id = release_id
                and y.vehicle_type_id = any(type_ids)
                and (makes.year is null or y.years @> makes.year)
        )
    order by m.name collate "C", m.make_id;
end;
$$;
comment on function api.makes(int, text) is
    'Dropdown of makes: of a model year and a vehicle type (name, short form, id or "all"; null: cars, MPVs, trucks, motorcycles). VP404 for an unknown type.';
grant execute on function api.makes(int, text) to mvp_platform_user, mvp_platform_admin;
