-- needs: data
begin;
select plan(2);

select is_empty('select * from admin.orphan_pattern', 'the real data has none');

insert into vpic.vinschema (id, name) values (-1, 'a schema');
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid)
values (-1, -1, 'A', 28, '1'), (-2, -9, 'A', 28, '1'), (-3, -1, 'A', -9, '1'), (-4, -9, 'A', -9, '1'), (-5, -1, 'A', null, '1');
select results_eq(
    'select pattern_id, reason from admin.orphan_pattern order by pattern_id desc',
    $$
    values
        (-2, 'no such schema'), (-3, 'no such variable'), (-4, 'no such schema, no such variable'), (-5, 'no such variable')
    $$,
    'it sees an unknown schema and an unknown variable, and no pattern that is whole'
);

select * from finish();
rollback;
