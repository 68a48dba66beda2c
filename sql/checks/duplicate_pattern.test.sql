-- needs: data
begin;
select plan(2);

select is_empty('select * from admin.duplicate_pattern', 'the real data has none');

insert into vpic.pattern (id, vinschemaid, keys)
values (-1, 1, 'A'), (-2, 1, 'A'), (-2, 1, 'A'), (-3, 1, 'A'), (-3, 2, 'B'), (-3, 2, 'C'), (null, 1, 'A');
select results_eq(
    'select pattern_id, row_count, schema_ids from admin.duplicate_pattern order by pattern_id desc nulls last',
    $$ values (-2, 2::bigint, array[1]), (-3, 3, array[1, 2]), (null, 1, array[1]) $$,
    'it sees an id twice, in one schema or two, and a row without an id'
);

select * from finish();
rollback;
