create or replace function garage.find_vehicle(user_id text, vehicle_id uuid)
    returns json
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
declare
    found_vehicle json;
begin
    perform garage.act_for(find_vehicle.user_id);
    select garage.vehicle_json(v) into found_vehicle
    from garage.vehicles as v
    where v.vehicle_id = find_vehicle.vehicle_id and v.user_id = find_vehicle.user_id and v.is_active;
    if found_vehicle is null then
        raise exception 'you have no vehicle %', find_vehicle.vehicle_id
            using errcode = 'VP404', hint = 'The list of vehicles has the ids.';
    end if;
    return found_vehicle;
end;
$$;
comment on function garage.find_vehicle(text, uuid) is
    'One active vehicle of a user as JSON. VP404 when the user has none of this id, whether or not somebody else has.';
grant execute on function garage.find_vehicle(text, uuid) to mvp_main_user;
