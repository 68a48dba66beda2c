-- With the functions, not in a migration: a deploy drops functions, and their triggers with them.
-- The columns named are those that an owner sees; a worker's bookkeeping is no change of the vehicle.
create or replace trigger stamp_change
    before update of vin, make, model, year, nickname, color, license_plate, odometer_reading, is_active on garage.vehicles
    for each row execute function garage.stamp_change();
comment on trigger stamp_change on garage.vehicles is 'updated_at, whoever writes.';

create or replace trigger announce_change
    after insert or delete
    or update of user_id, vin, make, model, year, nickname, color, license_plate, odometer_reading, is_active on garage.vehicles
    for each row execute function garage.announce_change();
comment on trigger announce_change on garage.vehicles is 'Tells every server to forget the owner''s list, whoever writes.';
