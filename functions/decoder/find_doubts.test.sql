begin;
select plan(2);

select is_empty(
    $$
    select t.reason, d.doubts
    from (
        values
        ('{"vin": "1AAA1BC27LF000001", "codes": [0], "year": 2020}', array[4], false, 'nothing against it: every position alike, and hardly'),
        ('{"vin": "1AAA1BC20LF000001", "codes": [1], "year": 2020}', array[8, 10], true, 'a wrong check digit'),
        ('{"vin": "1AA*1BC27LF000001", "codes": [4, 14, 400], "year": 2020}', array[4], true, 'a position that the data does not know'),
        ('{"vin": "1AAA1BC27UF000001", "codes": [11, 400]}', array[10], true, 'no year: position 10'),
        ('{"vin": "1AAA1BC2", "codes": [6, 11]}', array[9, 17], true, 'what is missing')
    ) as t (pass, positions, is_doubted, reason)
    cross join lateral (
        select decoder.find_doubts(
            jsonb_populate_record(null::decoder.pass, t.pass::jsonb),
            jsonb_populate_record(
                null::catalog.segment, '{"valid_characters": ["A", null, null, null, null, null, null, null, null, null, null]}'
            ),
            true
        ) as doubts
    ) as d
    where cardinality(d.doubts) <> 17
        or exists (select from unnest(t.positions) as p where (d.doubts[p] > 0.01) is distinct from t.is_doubted)
    $$,
    'doubts of a decoded VIN'
);

select is(
    cardinality(decoder.find_doubts(jsonb_populate_record(null::decoder.pass, '{"vin": "9ZZA1BC27LF000001", "codes": [1, 7]}'), null, null)),
    17,
    'an unknown WMI has no segment'
);

select * from finish();
rollback;
