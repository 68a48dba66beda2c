-- A row, because json_build_object writes blanks around every colon.
create or replace function garage.vehicle_json(vehicle garage.vehicles)
    returns json
    language sql
    stable parallel safe
    return (
        select row_to_json(shown)
        from (
            select
                vehicle.vehicle_id as id, vehicle.user_id as "userId", vehicle.vin, vehicle.make, vehicle.model, vehicle.year,
                vehicle.nickname, vehicle.color, vehicle.license_plate as "licensePlate",
                vehicle.odometer_reading as "odometerReading", vehicle.is_active as "isActive",
                to_char(vehicle.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
                to_char(vehicle.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt"
        ) as shown
    );
comment on function garage.vehicle_json(garage.vehicles) is 'A vehicle as the API shows it; times in ISO 8601, UTC, milliseconds.';
grant execute on function garage.vehicle_json(garage.vehicles) to mvp_main_user;
