-- The VIN is read before the row is locked, and may have been changed since: readings count only where read_vin is the new
-- one, else the row is left to the completion.
create or replace function garage.change_vehicle(
    user_id text,
    vehicle_id uuid,
    changes jsonb,
    read_vin text default null,
    readings jsonb default '{}',
    is_read boolean default false
)
    returns json
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    before garage.vehicles;
    vehicle garage.vehicles;
    is_of_new_vin boolean;
begin
    perform garage.act_for(change_vehicle.user_id);
    select v.* into before
    from garage.vehicles as v
    where v.vehicle_id = change_vehicle.vehicle_id and v.user_id = change_vehicle.user_id and v.is_active
    for update;
    if before.vehicle_id is null then
        raise exception 'you have no vehicle %', change_vehicle.vehicle_id
            using errcode = 'VP404', hint = 'The list of vehicles has the ids.';
    end if;
    vehicle := jsonb_populate_record(before, change_vehicle.changes);
    if vehicle.vin is null then
        vehicle.is_read := true;
    elsif vehicle.vin is distinct from before.vin then
        is_of_new_vin := vehicle.vin is not distinct from change_vehicle.read_vin;
        -- What the vehicle was by its old VIN says nothing about the new one.
        vehicle := jsonb_populate_record(
            vehicle,
            '{"make": null, "model": null, "year": null}' || change_vehicle.changes
            || case when is_of_new_vin then jsonb_strip_nulls(change_vehicle.readings) else '{}' end
        );
        vehicle.is_read := is_of_new_vin and change_vehicle.is_read;
        vehicle.read_attempts := 0;
        vehicle.read_after := now();
    end if;
    if vehicle.vin is null and (vehicle.make is null or vehicle.model is null or vehicle.year is null) then
        raise exception 'a vehicle needs a VIN, or make, model and year'
            using errcode = 'VP400', hint = 'Give what is missing in the same request.';
    end if;
    update garage.vehicles as v
    set vin = vehicle.vin, make = vehicle.make, model = vehicle.model, year = vehicle.year, nickname = vehicle.nickname,
        color = vehicle.color, license_plate = vehicle.license_plate, odometer_reading = vehicle.odometer_reading,
        is_read = vehicle.is_read, read_attempts = vehicle.read_attempts, read_after = vehicle.read_after
    where v.vehicle_id = change_vehicle.vehicle_id and v.user_id = change_vehicle.user_id
    returning v.* into vehicle;
    return garage.vehicle_json(vehicle);
exception
    when unique_violation then
        raise exception 'you already have a vehicle with the VIN %', change_vehicle.changes ->> 'vin'
            using errcode = 'VP409', hint = 'Change that vehicle, or delete it first.';
end;
$$;
comment on function garage.change_vehicle(text, uuid, jsonb, text, jsonb, boolean) is
    'Changes an active vehicle of a user and returns it as JSON. changes: by column name; what is absent stays, null clears. With another VIN, make, model and year are what the changes and, before them, the readings of read_vin say. VP404 when the user has no such vehicle, VP409 when another one has this VIN, VP400 when nothing would say what it is.';
grant execute on function garage.change_vehicle(text, uuid, jsonb, text, jsonb, boolean) to mvp_main_user;
