-- needs: data
begin;
select plan(2);

select is_empty('select * from admin.implausible_link_year', 'the real data has none');

insert into vpic.wmi_vinschema (id, wmiid, vinschemaid, yearfrom, yearto)
values
    (-1, 1, 1, 1981, null), (-2, 1, 1, 1900, 1900), (-3, 1, 1, 1899, 2000), (-4, 1, 1, 0, null), (-5, 1, 1, null, 2000),
    (-6, 1, 1, 2000, 1999);
select results_eq(
    'select link_id, reason from admin.implausible_link_year order by link_id desc',
    $$
    values
        (-3, 'begins before 1900'), (-4, 'begins before 1900'), (-5, 'no first year'), (-6, 'ends before it begins')
    $$,
    'it sees years that cannot be, and leaves an open end alone'
);

select * from finish();
rollback;
