-- A VIN that the decoder fails at will fail again until a release or a deploy changes that: 1, 2, 4 … minutes, a day at most
-- (2^11 minutes are more than that; the bound keeps the power from growing out of its type).
create or replace function garage.postpone_vehicles(vehicle_ids uuid[])
    returns int
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
declare
    postponed int;
begin
    update garage.vehicles as v
    set read_attempts = v.read_attempts + 1,
        read_after = now() + least(interval '1 day', interval '1 minute' * 2 ^ least(v.read_attempts, 11))
    where v.vehicle_id = any(postpone_vehicles.vehicle_ids) and v.is_active and not v.is_read;
    get diagnostics postponed = row_count;
    return postponed;
end;
$$;
comment on function garage.postpone_vehicles(uuid[]) is
    'Notes that reading the VINs of these vehicles failed, and when to try again: after 1, 2, 4 … minutes, a day at most. Returns how many still wait.';
grant execute on function garage.postpone_vehicles(uuid[]) to mvp_main_worker;
