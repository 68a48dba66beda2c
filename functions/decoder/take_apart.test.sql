-- needs: fixture
begin;
select plan(2);

select results_eq(
    $$
    select t.ordinal, t.model_year, t.descriptor, t.year, t.other_year, t.is_decided
    from decoder.take_apart(
        decoder.current_release_id(),
        array['1AAA1BC27GF000001', null, '1AGA1B00XFF000001', '1AA11BC21LF000001', '9ZZA1BC27LF000001', '1AAA1BC27LF000001', '1AFA1BC24LF000001', '1ADA1BC23FF000001'],
        array[null, 2020, 1985, 1900],
        '2026-06-30'
    ) as t
    order by t.ordinal
    $$,
    $$
    values
        (1, null::int, '1AAA1BC2*GF', 2016, null::int, true),
        (3, 1985, '1AGA1B00*FF', 1985, null, false),
        (4, 1900, '1AA11BC2*LF', 2020, null, true),
        -- A motorcycle's letter says either.
        (8, null, '1ADA1BC2*FF', 2015, 1985, true)
    $$,
    'regular VINs of public makers, their years; null, an unknown maker, an exception''s descriptor and a maker that is not public are left out'
);

select is_empty(
    $$
    select w.wmi, y.*, t.year, t.other_year
    from catalog.wmi as w
    cross join string_to_table('ABCDEFGHJKLMNPRSTVWXY123456789', null) as letter
    cross join unnest(array['1', 'A']) as seventh
    cross join lateral (
        select left(w.wmi, 3) || 'A1B' || seventh || '20' || letter || 'F' || rpad(substr(w.wmi, 4), 6, '0') as vin
    ) as v
    cross join lateral decoder.take_apart(w.release_id, array[v.vin], null, '2026-06-30') as t
    cross join lateral decoder.year_candidates(v.vin, w.is_light, 2028) as y
    where w.release_id = decoder.current_release_id() and (t.year, t.other_year) is distinct from (y.year, y.other_year)
    $$,
    'the years of decoder.year_candidates'
);

select * from finish();
rollback;
