-- needs: fixture
begin;
select plan(4);

select results_eq(
    'select country, vehicle_types from decoder.maker_profile(decoder.current_release_id(), 2)',
    $$ values (null::text, array['Motorcycle', 'Trailer']) $$,
    'types of its WMIs by id; no WMI tells a country'
);
update catalog.wmi set country_id = 2 where wmi = '1AD';
select is((select country from decoder.maker_profile(decoder.current_release_id(), 2)), 'GERMANY', 'the one country that is told');
insert into catalog.lookup_value (release_id, lookup_table, value_id, name) values (decoder.current_release_id(), 'country', 3, 'JAPAN');
update catalog.wmi set country_id = 3 where wmi = '1A9001';
select is((select country from decoder.maker_profile(decoder.current_release_id(), 2)), null, 'two countries are none');
select results_eq(
    'select country, vehicle_types from decoder.maker_profile(decoder.current_release_id(), 99)',
    $$ values (null::text, '{}'::text[]) $$,
    'a manufacturer without WMIs'
);

select * from finish();
rollback;
