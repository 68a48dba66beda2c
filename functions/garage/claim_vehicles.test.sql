begin;
select plan(4);

insert into garage.vehicles (user_id, vin, year, is_read, is_active, deleted_at, read_after)
values
('alice', '1HGCM82633A000001', 2003, false, true, null, now() - interval '1 hour'),
('bob', '1HGCM82633A000002', null, false, true, null, now() - interval '2 hours'),
('bob', '1HGCM82633A000003', null, false, true, null, now() - interval '3 hours'),
('bob', '1HGCM82633A000004', null, true, true, null, now() - interval '3 hours'),
('bob', '1HGCM82633A000005', null, false, false, now(), now() - interval '3 hours'),
('bob', '1HGCM82633A000006', null, false, true, null, now() + interval '1 second');
set local role mvp_main_worker;

select set_eq(
    'select vin, year from garage.claim_vehicles(2)', $$ values ('1HGCM82633A000003', null::int), ('1HGCM82633A000002', null) $$,
    'the longest due first, of all users, no more than asked for'
);
select set_eq(
    'select vin, year from garage.claim_vehicles(10)', $$ values ('1HGCM82633A000001', 2003) $$,
    'claimed ones are left alone, so are the read, the deleted and the postponed'
);
select is_empty('select * from garage.claim_vehicles(10)', 'then there are none');
reset role;
select is(
    (select count(*) from garage.vehicles where read_after = now() + interval '1 minute'), 3::bigint, 'for a minute'
);

select * from finish();
rollback;
