-- needs: fixture
begin;
select plan(2);

-- Not empty in the real data: 14 of 13,000 WMIs in March 2026.
select isnt_empty($$ select from admin.wmi_without_make where wmi = '1AD' $$, 'the fixture''s maker without a make shows');

delete from vpic.wmi;
delete from vpic.wmi_make;
delete from vpic.wmi_vinschema;
insert into vpic.manufacturer (id, name) values (-7, 'A Maker');
insert into vpic.make (id, name) values (-1, 'a make');
insert into vpic.wmi (id, wmi, manufacturerid, publicavailabilitydate)
values (-1, 'ZZ1', -7, '2020-01-01'), (-2, 'ZZ2', -7, '2020-01-01'), (-3, 'ZZ3', null, null), (-4, 'ZZ4', -9, '2020-01-01');
insert into vpic.wmi_make (wmiid, makeid) values (-1, -1), (-4, -9);
insert into vpic.wmi_vinschema (id, wmiid, vinschemaid) values (-1, -2, -1), (-2, -2, -2);
select results_eq(
    'select wmi_id, wmi, manufacturer_name, public_at is not null, schema_link_count from admin.wmi_without_make order by wmi_id desc',
    $$ values (-2, 'ZZ2', 'A Maker', true, 2::bigint), (-3, 'ZZ3', null, false, 0), (-4, 'ZZ4', null, true, 0) $$,
    'it sees a WMI without a make, also one whose make does not exist'
);

select * from finish();
rollback;
