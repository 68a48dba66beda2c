begin;
select plan(3);

select is_empty(
    $$
    select t.reason, t.keys, decoder.key_tokens(t.keys) as actual
    from (
        values
        ('A1*', array['A', '1', '*'], 'characters'),
        ('A[BC]D', array['A', '[BC]', 'D'], 'a class is one position'),
        ('*****|*[2-5]', array['*', '*', '*', '*', '*', '|', '*', '[2-5]'], 'the | is a position of its own'),
        ('*[1-A-JT]', array['*', '[1A-JT]'], 'rule 17: 1-A is read as 1A'),
        ('1-A', array['1', '-', 'A'], 'rule 17: without a class it is not'),
        ('[*#_]', array['[*#_]'], 'signs inside a class'),
        ('A[', array['A', '['], 'a class that never ends'),
        ('A]', array['A', ']'], 'a class that never began'),
        ('[]]', array['[]', ']'], 'an empty class ends at once'),
        ('', '{}', 'no key, no position')
    ) as t (keys, expected, reason)
    where decoder.key_tokens(t.keys) is distinct from t.expected
    $$,
    'keys cut into positions'
);

select is(decoder.key_tokens(null), null, 'null has none');

select is(
    (
        select max(cardinality(decoder.key_tokens(t.keys)))
        from (values (repeat('[', 1000000)), (repeat('[A', 500000)), (repeat('1-A[', 250000)), (repeat('*', 1000000))) as t (keys)
    ),
    601,
    'of a key without end only the beginning is looked at'
);

select * from finish();
rollback;
