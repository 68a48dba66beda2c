create or replace function garage.remove_vehicle(user_id text, vehicle_id uuid)
    returns void
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
begin
    perform garage.act_for(remove_vehicle.user_id);
    update garage.vehicles as v
    set is_active = false, deleted_at = now()
    where v.vehicle_id = remove_vehicle.vehicle_id and v.user_id = remove_vehicle.user_id and v.is_active;
    if not found then
        raise exception 'you have no vehicle %', remove_vehicle.vehicle_id
            using errcode = 'VP404', hint = 'The list of vehicles has the ids.';
    end if;
end;
$$;
comment on function garage.remove_vehicle(text, uuid) is
    'Makes an active vehicle of a user inactive; its row stays, its VIN is free for another. VP404 when the user has no such vehicle.';
grant execute on function garage.remove_vehicle(text, uuid) to mvp_main_user;
