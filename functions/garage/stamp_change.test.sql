begin;
select plan(3);

insert into garage.vehicles (vehicle_id, user_id, vin, updated_at)
values ('00000000-0000-4000-8000-000000000001', 'alice', '1HGCM82633A004352', '2020-01-01');

update garage.vehicles set read_attempts = 1, read_after = now(), is_read = false;
select is((select updated_at from garage.vehicles), '2020-01-01'::timestamptz, 'bookkeeping is no change of the vehicle');
update garage.vehicles set nickname = 'Blue';
select cmp_ok((select updated_at from garage.vehicles), '>', now(), 'a change is stamped with the clock, not the transaction''s begin');
update garage.vehicles set updated_at = '2020-01-01', color = 'red';
select cmp_ok((select updated_at from garage.vehicles), '>', now(), 'and nobody writes another time');

select * from finish();
rollback;
