begin;
select plan(3);

-- One position is doubted with 0.4; a quarter of the schema's keys state the same value.
select is_empty(
    $$
    select t.reason, c.confidence
    from (
        values
        (4, 'Corrections', '', false, false, 1, 'what is said about the text as it stands is certain'),
        (4, 'Pattern', 'A', false, false, 0.7, 'a position of its key: one in four would have said the same'),
        (5, 'Pattern', 'A', false, false, 1 - 0.4 * decoder.model_constant('silent change'), 'a position that it does not read'),
        (1, 'Manu. Name', '', false, false, 1 - 0.4 * (1 - decoder.model_constant('other maker')), 'the manufacturer'),
        (10, 'Pattern', 'A', false, false, 1 - 0.4 * (1 - decoder.model_constant('other year')), 'the year'),
        (10, 'ModelYear', '', false, false, 0.6, 'the year itself'),
        (17, 'Pattern', 'A', false, false, 1, 'the serial number says nothing'),
        (17, 'ModelYear', '', false, true, decoder.model_constant('open year'), 'two cycles are possible'),
        (17, 'Pattern', 'A', false, true,
            1 - (1 - decoder.model_constant('open year')) * (1 - decoder.model_constant('other cycle')), 'of which each may say something else'),
        (17, 'VehType', '', false, true, 1, 'which is nothing to the manufacturer'),
        (1, 'VehType', '', false, false, 1 - 0.4 * (1 - decoder.model_constant('other maker, same type')), 'another maker often has the type'),
        (17, 'Pattern', 'A', true, false, decoder.model_constant('disputed'), 'another pattern says something else'),
        (17, 'Default', '', false, false, decoder.model_constant('default'), 'implied only')
    ) as t (at, source, keys, is_disputed, is_ambiguous, expected, reason)
    cross join lateral (
        select decoder.element_confidence(
            array(select case when p = t.at then 0.4 else 0 end::double precision from generate_series(1, 17) as p),
            t.source, decoder.used_positions(t.keys), 0.25, t.is_disputed, t.is_ambiguous
        ) as confidence
    ) as c
    where not coalesce(abs(c.confidence - t.expected) < 1e-6, false)
    $$,
    'what a value rests on'
);

select is(
    decoder.element_confidence(array_fill(1::double precision, array[17]), 'Pattern', decoder.used_positions('A1BC2'), 0.25, false, false),
    0::real,
    'never below zero'
);

select is(
    decoder.element_confidence(array_fill(0::double precision, array[17]), 'Pattern', decoder.used_positions('A1BC2'), 0, false, false),
    1::real,
    'a VIN that is right makes every value right'
);

select * from finish();
rollback;
