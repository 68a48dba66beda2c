-- Vehicles of two users in every state that a vehicle can be in. By a superuser, who is past the policies.
insert into garage.vehicles (user_id, vin, make, model, year, nickname, color, license_plate, odometer_reading, created_at, is_read, read_attempts)
select
    u.name, format('1AAA2A100F%s', lpad(n::text, 7, '0')), 'ASTER', 'One', 2015, 'n' || n, 'c' || n, u.name || '#' || n, n,
    '2025-06-01'::timestamptz + n * interval '1 hour', n % 5 <> 0, n % 3
from (values ('alice'), ('auth0|bob')) as u (name)
cross join generate_series(1, 20) as n;
insert into garage.vehicles (user_id, make, model, year) values ('alice', 'Ford', 'T', 1908);
update garage.vehicles as v set is_active = false, deleted_at = '2025-07-01' where v.odometer_reading % 4 = 0;
