begin;
select plan(3);

insert into garage.vehicles (user_id, vin, nickname, is_active, deleted_at, created_at)
values
('alice', '1HGCM82633A004352', 'second', true, null, '2026-02-02'), ('alice', '1HGCM82633A004353', 'first', true, null, '2026-01-01'),
('alice', '1HGCM82633A004354', 'gone', false, now(), '2026-01-01'), ('bob', '1HGCM82633A004352', 'other', true, null, '2026-01-01');
set local role mvp_main_user;

select is(
    (select string_agg(v.value ->> 'nickname', ',' order by v.ordinality) from json_array_elements(garage.list_vehicles('alice')) with ordinality as v),
    'first,second', 'the active ones of the user, the oldest first'
);
select is(garage.list_vehicles('carol')::text, '[]', 'none is an empty list');
select is(garage.list_vehicles('')::text, '[]', 'nobody has none');

select * from finish();
rollback;
