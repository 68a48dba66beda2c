begin;
select plan(3);

select is_empty(
    $$
    select t.reason, t.a, t.b
    from (
        values
        ('A1', 'A2', true, 'another character'),
        ('A1', 'A1B', false, 'a prefix'),
        ('A*', '*2', false, 'different positions'),
        ('[AB]', 'C', false, 'classes are left to decoder.masks_overlap'),
        ('*****|*F', '*****|*G', true, 'another plant'),
        ('*****|***7', '*****|***8', true, 'the tenth position'),
        ('*****|****7', '*****|****8', false, 'the eleventh is not looked at')
    ) as t (a, b, expected, reason)
    cross join lateral decoder.key_literals(t.a) as a
    cross join lateral decoder.key_literals(t.b) as b
    where ((a.literals # b.literals) & a.fixed & b.fixed <> 0) is distinct from t.expected
    $$,
    'keys that exclude each other by a plain character'
);

select is_empty(
    $$
    with key as (
        select k.keys, l.literals, l.fixed, decoder.key_masks(decoder.key_symbols(k.keys)) as masks
        from unnest(array[
            '', 'A', 'A1', 'B1', '*1', '*2', '[AB]', '[CD]2', 'A#', 'A_', '*****|*F', '*****|*G', 'A****|L', '******',
            '*****|***7', '*****|***8', '*****|*******8', '[1-A-JT]', '5|'
        ]) as k (keys)
        cross join lateral decoder.key_literals(k.keys) as l
    )
    select a.keys, b.keys
    from key as a
    cross join key as b
    where (a.literals # b.literals) & a.fixed & b.fixed <> 0
        and decoder.masks_overlap(a.masks, b.masks)
        -- A wildcard of LIKE is a plain character to the quick test.
        and 'A_' not in (a.keys, b.keys)
    $$,
    'what the quick test excludes, the exact one excludes'
);

select is((select row(l.literals, l.fixed)::text from decoder.key_literals('') as l), '(0,0)', 'an empty key fixes nothing');

select * from finish();
rollback;
