create or replace function garage.release_vehicles(vehicle_ids uuid[])
    returns int
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
declare
    released int;
begin
    update garage.vehicles as v
    set read_after = now()
    where v.vehicle_id = any(release_vehicles.vehicle_ids) and v.is_active and not v.is_read;
    get diagnostics released = row_count;
    return released;
end;
$$;
comment on function garage.release_vehicles(uuid[]) is
    'Gives claimed vehicles back, since the vehicle data was away and nothing was wrong with them. Returns how many still wait.';
grant execute on function garage.release_vehicles(uuid[]) to mvp_main_worker;
