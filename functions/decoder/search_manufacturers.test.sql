-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, found.ids
    from (
        values
        ('motors', '{1}', 'part of a name'),
        ('S', '{1,2}', 'part of both'),
        ('STRAßE', '{2}', 'in another case'),
        ('2', '{2}', 'a number is an id'),
        (' 2 ', '{2}', 'with spaces around'),
        ('99', '{}', 'an unknown id'),
        ('99999999999999', '{}', 'beyond all ids'),
        ('', '{}', 'nothing'),
        (null, '{}', 'nothing at all')
    ) as t (searched, ids, reason)
    cross join lateral (
        select coalesce(array_agg(s.manufacturer_id order by s.manufacturer_id), '{}') as ids
        from decoder.search_manufacturers(decoder.current_release_id(), t.searched) as s
    ) as found
    where found.ids is distinct from t.ids::int[]
    $$,
    'by part of the name, or by id'
);

select * from finish();
rollback;
