-- needs: fixture
begin;
select plan(1);

select is_empty(
    $$
    select t.reason, found.ids
    from (
        values
        ('car', '{2}', 'part of a name'),
        ('VEHICLE', '{7,10,13}', 'part of three'),
        ('mpv', '{7}', 'the short form is part of it'),
        ('7', '{7}', 'a number is an id'),
        ('8', '{}', 'an unknown id'),
        ('99999999999999', '{}', 'beyond all ids'),
        ('', '{}', 'nothing'),
        (null, '{}', 'nothing at all')
    ) as t (searched, ids, reason)
    cross join lateral (
        select coalesce(array_agg(s.vehicle_type_id order by s.vehicle_type_id), '{}') as ids
        from decoder.search_vehicle_types(decoder.current_release_id(), t.searched) as s
    ) as found
    where found.ids is distinct from t.ids::int[]
    $$,
    'by part of the name, or by id'
);

select * from finish();
rollback;
