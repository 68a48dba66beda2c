create or replace function decoder.search_vehicle_types(release_id int, vehicle_type text)
    returns table (vehicle_type_id int, name text)
    language sql
    stable parallel safe
begin atomic
    select t.vehicle_type_id, t.name
    from catalog.vehicle_type as t
    where t.release_id = search_vehicle_types.release_id
        and case
            when search_vehicle_types.vehicle_type ~ '^\s*\d{1,9}\s*$' then t.vehicle_type_id = search_vehicle_types.vehicle_type::int
            else decoder.is_named_like(t.name, search_vehicle_types.vehicle_type)
        end;
end;
comment on function decoder.search_vehicle_types(int, text) is
    'Vehicle types as the public vPIC API finds them: a number is an id, another text part of the name.';
