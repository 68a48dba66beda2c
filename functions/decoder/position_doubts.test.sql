begin;
select plan(4);

select is_empty(
    $$
    select t.reason, t.vin, d.doubts
    from (
        values
        ('1AAA1BC27LF000001', '{}'::int[], 'a VIN'),
        ('1AAA1BC20LF000001', '{}', 'a wrong check digit'),
        ('1AAA1BC20LF000001', '{4,8}', 'positions that the data does not know'),
        ('1AAA1', '{}', 'a part of a VIN'),
        ('', '{}', 'nothing'),
        ('1AA*1BC27LFß00001', '{4,12}', 'characters of no VIN')
    ) as t (vin, flagged, reason)
    cross join lateral (
        select decoder.position_doubts(t.vin, 13, array_fill(null::text, array[11]), t.flagged) as doubts
    ) as d
    where cardinality(d.doubts) <> 17
        or exists (select from unnest(d.doubts) as p where not coalesce(p between 0 and 1, false))
    $$,
    'seventeen probabilities'
);

select ok(
    (select sum(d) from unnest(decoder.position_doubts('1AAA1BC27LF000001', 13, array_fill(null::text, array[11]), '{}')) as d) < 0.05,
    'a VIN whose check digit is right is hardly doubted'
);

select ok(
    (select sum(d) from unnest(decoder.position_doubts('1AAA1BC20LF000001', 13, array_fill(null::text, array[11]), '{}')) as d) > 0.9,
    'one whose check digit is wrong has a wrong character somewhere'
);

select ok(
    (decoder.position_doubts('1AAA1BC20LF000001', 13, array_fill(null::text, array[11]), array[5]))[5]
    > 5 * (decoder.position_doubts('1AAA1BC20LF000001', 13, array_fill(null::text, array[11]), '{}'))[5],
    'most likely the one that the data does not know'
);

select * from finish();
rollback;
