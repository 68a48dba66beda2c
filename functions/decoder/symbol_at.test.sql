begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.image, t.key_position, decoder.symbol_at(t.image, t.key_position) as actual
    from (
        values
        ('0', 1, 0, 'the first digit'),
        ('A9', 2, 9, 'the last digit'),
        ('A9', 1, 10, 'the first letter'),
        ('I', 1, 18, 'I has a symbol of its own'),
        ('ABCDZ', 5, 35, 'the last letter'),
        ('ABCDE|L', 6, 36, 'the |'),
        ('#', 1, 37, '#'),
        ('_', 1, 38, '_'),
        ('*', 1, 39, 'a wildcard in a VIN is another character'),
        ('%', 1, 39, 'so is a %'),
        ('a', 1, 39, 'so is a small letter'),
        ('ß', 1, 39, 'so is a letter of several bytes'),
        (E'\t', 1, 39, 'so is a tab'),
        ('A', 2, 40, 'behind the end is no character'),
        ('', 1, 40, 'nothing has no character')
    ) as t (image, key_position, symbol, reason)
    where decoder.symbol_at(t.image, t.key_position) is distinct from set_bit(repeat('0', 41)::bit(41), t.symbol, 1)
    $$,
    'one bit of 41'
);

select is(decoder.symbol_at(null, 1), null, 'null has none');

select * from finish();
rollback;
