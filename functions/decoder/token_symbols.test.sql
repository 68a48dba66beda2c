begin;
select plan(1);

-- Symbols are written as their characters, ? for any other character, ! for no character.
select is_empty(
    $$
    select t.reason, t.token, t.has_class, a.symbols
    from (
        values
        ('A', false, 'A', 'a letter is itself'),
        ('#', false, '#', 'rule 17: # is itself'),
        ('|', true, '|', '| is itself'),
        ('*', false, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ|#_?', 'rule 17: a wildcard is any one character, but a character'),
        ('_', false, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ|#_?', 'rule 17: a wildcard of LIKE where no class is in the key'),
        ('_', true, '_', 'rule 17: itself where one is'),
        ('[A-CI]', true, 'ABCI', 'a class'),
        ('[*]', true, '', 'a class that accepts nothing'),
        ('-', false, null, 'malformed: another sign'),
        ('%', false, null, 'malformed: another sign'),
        ('a', false, null, 'malformed: lower case'),
        ('[', true, null, 'malformed: no end'),
        ('[9-1]', true, null, 'malformed: a range backwards'),
        ('[]', true, null, 'malformed: empty'),
        (null, true, null, 'null')
    ) as t (token, has_class, expected, reason)
    cross join lateral (
        select case
            when s.symbols is not null
                then (
                    select coalesce(string_agg(substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ|#_?!', n + 1, 1), '' order by n), '')
                    from generate_series(0, 40) as n
                    where get_bit(s.symbols, n) = 1
                )
        end as symbols
        from (select decoder.token_symbols(t.token, t.has_class) as symbols) as s
    ) as a
    where a.symbols is distinct from t.expected
    $$,
    'symbols that a position accepts'
);

select * from finish();
rollback;
