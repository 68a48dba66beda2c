-- What users entrust to the service: the one thing in either database that cannot be made again.
set local role mvp_main_owner;

-- The table's name is the contract's, hence the plural.
create table garage.vehicles (
    vehicle_id uuid primary key default gen_random_uuid(),
    user_id text not null,
    vin text,
    make text,
    model text,
    year int,
    nickname text,
    color text,
    license_plate text,
    odometer_reading int,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    is_read boolean not null default true,
    read_attempts int not null default 0,
    read_after timestamptz not null default now(),
    -- 255 is the longest subject that OpenID Connect allows. The empty one is what the setting is that policies compare with
    -- when nobody acts: it must never own anything.
    constraint vehicles_user_id check (char_length(user_id) between 1 and 255),
    constraint vehicles_vin check (vin ~ '^[A-HJ-NPR-Z0-9]{17}$'),
    constraint vehicles_texts check (
        char_length(make) between 1 and 200 and char_length(model) between 1 and 200 and char_length(nickname) between 1 and 200
        and char_length(color) between 1 and 200 and char_length(license_plate) between 1 and 200
    ),
    constraint vehicles_year check (year between 1900 and 2100),
    constraint vehicles_odometer_reading check (odometer_reading between 0 and 9999999),
    constraint vehicles_identity check (vin is not null or (make is not null and model is not null and year is not null)),
    constraint vehicles_deleted_at check (is_active = (deleted_at is null)),
    constraint vehicles_is_read check (is_read or vin is not null)
);
comment on table garage.vehicles is 'One vehicle of one user; deleted ones stay, inactive.';
comment on column garage.vehicles.user_id is 'The subject of the owner''s token.';
comment on column garage.vehicles.odometer_reading is 'As the owner reads it, in the unit of the vehicle''s own odometer.';
comment on column garage.vehicles.is_read is 'Whether make, model and year are what the VIN says; false while the vehicle data could not be asked.';
comment on column garage.vehicles.read_attempts is 'How often reading the VIN failed, when the vehicle data could be asked.';
comment on column garage.vehicles.read_after is 'Before this time no worker reads the VIN: another is at it, or the last attempt failed.';

-- Serves: garage.create_vehicle and garage.change_vehicle, a VIN once a user; a deleted vehicle's may come back.
create unique index vehicles_user_id_vin on garage.vehicles (user_id, vin) where is_active;
-- Serves: garage.list_vehicles, a user's vehicles in their order.
create index vehicles_user_id_created_at on garage.vehicles (user_id, created_at, vehicle_id) where is_active;
-- Serves: garage.claim_vehicles, those whose VIN is still to be read; nearly always empty.
create index vehicles_read_after on garage.vehicles (read_after) where is_active and not is_read;

-- Forced: the policies hold for the owner too, who has none and so sees nothing. Only a superuser is past them.
alter table garage.vehicles enable row level security;
alter table garage.vehicles force row level security;

-- The setting is that of the transaction (garage.act_for); without it, or after it, it is null or empty and equals no user.
create policy of_the_user on garage.vehicles
    to mvp_main_user
    using (user_id = current_setting('mvp_main.user_id', true))
    with check (user_id = current_setting('mvp_main.user_id', true));
create policy with_a_vin on garage.vehicles
    for select to mvp_main_worker
    using (vin is not null);
create policy to_be_read on garage.vehicles
    for update to mvp_main_worker
    using (is_active and not is_read)
    with check (vin is not null);

-- No delete for anyone, and neither owner nor id of a vehicle ever changes.
grant select on garage.vehicles to mvp_main_user;
grant insert (
    user_id, vin, make, model, year, nickname, color, license_plate, odometer_reading, is_read
) on garage.vehicles to mvp_main_user;
grant update (
    vin, make, model, year, nickname, color, license_plate, odometer_reading, is_active, deleted_at, is_read, read_attempts,
    read_after
) on garage.vehicles to mvp_main_user;
grant select (
    vehicle_id, vin, make, model, year, is_active, is_read, read_attempts, read_after
) on garage.vehicles to mvp_main_worker;
grant update (make, model, year, is_read, read_attempts, read_after) on garage.vehicles to mvp_main_worker;
