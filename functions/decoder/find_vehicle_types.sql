create or replace function decoder.find_vehicle_types(release_id int, vehicle_type text)
    returns int[]
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    wanted constant text := lower(btrim(vehicle_type));
    found_ids int[];
begin
    if vehicle_type is null then
        -- Passenger car, MPV, truck, motorcycle: what people register and drive.
        return array[1, 2, 3, 7];
    end if;
    found_ids := array(
        select t.vehicle_type_id
        from catalog.vehicle_type as t
        where t.release_id = release_id
            and (
                wanted = 'all'
                or lower(t.name) = wanted
                or t.vehicle_type_id::text = wanted
                -- "MPV" for "Multipurpose Passenger Vehicle (MPV)", and the name without its short form.
                or lower(substring(t.name from '\((.*)\)')) = wanted
                or lower(regexp_replace(t.name, '\s*\(.*\)', '')) = wanted
            )
        order by t.vehicle_type_id
    );
    if cardinality(found_ids) = 0 then
        raise exception 'no vehicle type is called "%"', left(vehicle_type, 100)
            using
                errcode = 'VP404',
                hint = 'One of: all, ' || (
                    select string_agg(t.name, ', ' order by t.vehicle_type_id) from catalog.vehicle_type as t where t.release_id = release_id
                ) || '.';
    end if;
    return found_ids;
end;
$$;
comment on function decoder.find_vehicle_types(int, text) is
    'Ids of vehicle types: by name, short form or id in any case, all of them for "all", the four that dropdowns show for null; VP404 for an unknown one.';
