begin;
select plan(2);

insert into garage.vehicles (
    vehicle_id, user_id, vin, make, model, year, nickname, color, license_plate, odometer_reading, created_at, updated_at
)
values (
    '00000000-0000-4000-8000-000000000001', 'alice', '1HGCM82633A004352', 'HONDA', 'Accord', 2003, 'Blue', 'blue', 'B 1', 7,
    '2026-01-02 03:04:05.678+00', '2026-01-02 05:04:05.6789+02'
);
set local timezone = 'America/Chicago';
select is(
    (select garage.vehicle_json(v)::jsonb from garage.vehicles as v),
    '{
        "id": "00000000-0000-4000-8000-000000000001", "userId": "alice", "vin": "1HGCM82633A004352", "make": "HONDA",
        "model": "Accord", "year": 2003, "nickname": "Blue", "color": "blue", "licensePlate": "B 1", "odometerReading": 7,
        "isActive": true, "createdAt": "2026-01-02T03:04:05.678Z", "updatedAt": "2026-01-02T03:04:05.678Z"
    }'::jsonb,
    'every member, whatever the session''s time zone'
);
update garage.vehicles set nickname = null, color = null, license_plate = null, odometer_reading = null;
select is(
    (
        select string_agg(m.key, ',' order by m.key)
        from garage.vehicles as v
        cross join lateral jsonb_each(garage.vehicle_json(v)::jsonb) as m
        where m.value = 'null'
    ),
    'color,licensePlate,nickname,odometerReading', 'what is not known is null, not absent'
);

select * from finish();
rollback;
