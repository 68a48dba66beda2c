-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, found.ids
    from (
        values
        ('aster', null, '{1}', 'a name in another case'),
        ('r', null, '{1,2,3}', 'part of three names'),
        ('3', null, '{4}', 'a number is part of a name too'),
        ('%', null, '{}', 'no wildcard'),
        ('', null, '{}', 'nothing'),
        (null, null, '{}', 'nothing at all'),
        (null, 2, '{2}', 'an id'),
        ('aster', 2, '{2}', 'the id wins'),
        (null, 99, '{}', 'an unknown id')
    ) as t (make, make_id, ids, reason)
    cross join lateral (
        select coalesce(array_agg(m.make_id order by m.make_id), '{}') as ids
        from decoder.search_makes(decoder.current_release_id(), t.make, t.make_id) as m
    ) as found
    where found.ids is distinct from t.ids::int[]
    $$,
    'makes by part of their name, or by id'
);

select * from finish();
rollback;
