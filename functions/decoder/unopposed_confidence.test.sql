begin;
select plan(2);

select is_empty(
    $$
    select s.source, n.used, o.is_disputed, o.is_open
    from unnest(array['Pattern', 'Make', 'VehType', 'Default', 'ModelYear']) as s (source)
    cross join unnest(array[0, 16, 1024, 31216]) as n (used)
    cross join (values (false, false), (true, false), (false, true)) as o (is_disputed, is_open)
    where decoder.unopposed_confidence(s.source, n.used, o.is_disputed, o.is_open) is distinct from decoder.shown_confidence(
        decoder.element_confidence(
            decoder.undetected_doubts(), s.source, n.used, decoder.model_constant('unknown share'), o.is_disputed, o.is_open
        )
    )
    $$,
    'the model''s, as it is shown'
);

-- decoder.decode_by_patterns looks it up by their number.
select is_empty(
    $$
    select bit_count(n.used::bit(16)), array_agg(distinct decoder.unopposed_confidence('Pattern', n.used))
    from (
        select bit_or(1 << p.position) as used
        from generate_series(1, 511) as subset
        cross join unnest(array[4, 5, 6, 7, 8, 11, 12, 13, 14]) with ordinality as p (position, place)
        where subset & (1 << (p.place::int - 1)) <> 0
        group by subset
    ) as n
    group by 1
    having count(distinct decoder.unopposed_confidence('Pattern', n.used)) > 1
    $$,
    'which positions a value rests on makes no difference, only how many'
);

select * from finish();
rollback;
