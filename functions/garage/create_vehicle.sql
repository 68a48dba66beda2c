-- "on conflict" instead of a look beforehand: of two requests at once, one waits for the other and then is told.
create or replace function garage.create_vehicle(user_id text, vehicle jsonb, readings jsonb, is_read boolean)
    returns json
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    given constant garage.vehicles := jsonb_populate_record(
        null::garage.vehicles, create_vehicle.vehicle || jsonb_strip_nulls(create_vehicle.readings)
    );
    made garage.vehicles;
begin
    perform garage.act_for(create_vehicle.user_id);
    insert into garage.vehicles (
        user_id, vin, make, model, year, nickname, color, license_plate, odometer_reading, is_read
    )
    values (
        create_vehicle.user_id, given.vin, given.make, given.model, given.year, given.nickname, given.color, given.license_plate,
        given.odometer_reading, create_vehicle.is_read
    )
    on conflict (user_id, vin) where is_active do nothing
    returning * into made;
    if made.vehicle_id is null then
        raise exception 'you already have a vehicle with the VIN %', given.vin
            using errcode = 'VP409', hint = 'Change that vehicle, or delete it first.';
    end if;
    return garage.vehicle_json(made);
end;
$$;
comment on function garage.create_vehicle(text, jsonb, jsonb, boolean) is
    'Adds a vehicle for a user and returns it as JSON. vehicle: what the user says, by column name; readings: what the VIN says, which wins. is_read: whether that is all that the VIN says; false has it completed later. VP409 when the user has an active vehicle with this VIN.';
grant execute on function garage.create_vehicle(text, jsonb, jsonb, boolean) to mvp_main_user;
