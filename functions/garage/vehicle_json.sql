create or replace function garage.vehicle_json(vehicle garage.vehicles)
    returns json
    language sql
    stable parallel safe
    return json_build_object(
        'id', vehicle.vehicle_id,
        'userId', vehicle.user_id,
        'vin', vehicle.vin,
        'make', vehicle.make,
        'model', vehicle.model,
        'year', vehicle.year,
        'nickname', vehicle.nickname,
        'color', vehicle.color,
        'licensePlate', vehicle.license_plate,
        'odometerReading', vehicle.odometer_reading,
        'isActive', vehicle.is_active,
        'createdAt', to_char(vehicle.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'updatedAt', to_char(vehicle.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    );
comment on function garage.vehicle_json(garage.vehicles) is 'A vehicle as the API shows it; times in ISO 8601, UTC, milliseconds.';
grant execute on function garage.vehicle_json(garage.vehicles) to mvp_main_user;
