begin;
select plan(1);

select is_empty(
    $$
    select t.keys, decoder.unread_positions(u.used)
    from (
        values
        (array['A1BC2|*F']), (array['A', '*1', '**B', '***C', '****2', '*****|*F']), (array['A*B', '*****|L']), (array['*****|***12']),
        (array['*']), ('{}'), (null)
    ) as t (keys)
    cross join lateral (select bit_or(decoder.used_positions(k)) as used from unnest(t.keys) as k) as u
    where decoder.unread_positions(coalesce(u.used, 0)) is distinct from nullif(decoder.unused_positions('1AAA1BC20LF000001', u.used, null), '')
    $$,
    'rule 32: as decoder.unused_positions has it'
);

select * from finish();
rollback;
