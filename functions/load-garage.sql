-- Every function of the main database. psql -1 -f functions/load-garage.sql does what a deploy does.

-- Everything below belongs to mvp_main_owner; what is in no file goes.
\ir owner-garage.sql
\ir clear-garage.sql

-- garage: what happens whoever writes.
\ir garage/stamp_change.sql
\ir garage/announce_change.sql
\ir ../sql/garage/triggers.sql

-- garage: what the server calls for a user.
\ir garage/act_for.sql
\ir garage/vehicle_json.sql
\ir garage/create_vehicle.sql
\ir garage/list_vehicles.sql
\ir garage/find_vehicle.sql
\ir garage/change_vehicle.sql
\ir garage/remove_vehicle.sql

-- garage: vehicles whose VIN could not be read when it came.
\ir garage/claim_vehicles.sql
\ir garage/complete_vehicles.sql
\ir garage/postpone_vehicles.sql
\ir garage/release_vehicles.sql
