begin;
select plan(3);

select is(decoder.verdict_traits(null, 2, null, false, false, 2544), 0, 'nothing to say');

select results_eq(
    $$
    select t.reason, decoder.verdict_traits(t.body_traits, t.type_id, t.is_other_year, t.is_ambiguous, t.is_weak, t.used)
    from (
        values
        (1, 1 << 13, 2, false, false, false, 2544, 'the body class'), (2, 0, 10, false, false, false, 2544, 'an incomplete vehicle by its type'),
        (3, 1 << 14, 10, false, false, false, 2544, 'by both'), (4, 0, 2, true, false, false, 2544, 'another year than the caller''s'),
        (5, 0, 2, false, true, false, 2544, 'two possible years'), (6, 0, 2, false, false, true, 2544, 'weak, all positions read'),
        (7, 0, 2, false, false, true, (2544 - (1 << 11)) | (1 << 12), 'weak, position 11 not read'),
        (8, 0, 2, false, false, false, 0, 'not weak: what is read does not matter')
    ) as t (n, body_traits, type_id, is_other_year, is_ambiguous, is_weak, used, reason)
    order by t.n
    $$,
    $$
    values
    ('the body class', 1 << 13), ('an incomplete vehicle by its type', 1 << 14), ('by both', 1 << 14), ('another year than the caller''s', 1 << 15),
    ('two possible years', 1 << 16), ('weak, all positions read', 1 << 17), ('weak, position 11 not read', (1 << 17) + (1 << 11)),
    ('not weak: what is read does not matter', 0)
    $$,
    'a bit for each'
);

select is(
    (select count(distinct decoder.verdict_traits(b << 12, null, y, a, w, u)) from generate_series(0, 7) as b, (values (true), (false)) as y (y), (values (true), (false)) as a (a), (values (true), (false)) as w (w), generate_series(0, 2544, 16) as u where u & 2544 = u),
    8 * 4 * (64 + 1)::bigint,
    'each combination has a number of its own'
);

select * from finish();
rollback;
