-- needs: data
begin;
select plan(2);

select is_empty('select * from admin.orphan_schema_link', 'the real data has none');

insert into vpic.wmi (id, wmi) values (-1, 'ZZ1');
insert into vpic.vinschema (id, name) values (-1, 'a schema');
insert into vpic.wmi_vinschema (id, wmiid, vinschemaid, yearfrom)
values (-1, -1, -1, 2000), (-2, -9, -1, 2000), (-3, -1, -9, 2000), (-4, -9, -9, 2000), (-5, null, -1, 2000);
select results_eq(
    'select link_id, reason from admin.orphan_schema_link order by link_id desc',
    $$
    values
        (-2, 'no such WMI'), (-3, 'no such schema'), (-4, 'no such WMI, no such schema'), (-5, 'no such WMI')
    $$,
    'it sees either end missing, and no link that is whole'
);

select * from finish();
rollback;
