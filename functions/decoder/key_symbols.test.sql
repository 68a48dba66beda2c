begin;
select plan(4);

-- Every row says whether a key matches a key image (VIN 4-8, |, VIN 10-17).
select is_empty(
    $$
    select t.reason, t.keys, t.image
    from (
        values
        ('CM8', 'CM826|3A004352', true, 'rule 17: a key is a prefix'),
        ('CM9', 'CM826|3A004352', false, 'rule 17: another character'),
        ('C*8', 'CM826|3A004352', true, 'rule 17: a wildcard'),
        ('', 'CM826|3A004352', true, 'rule 17: an empty key is the prefix of all'),
        ('CM826', 'CM8', false, 'trap: a missing character is no wildcard'),
        ('CM8**', 'CM8', false, 'trap: a wildcard needs a character'),
        ('*****', 'CM826', true, 'a VIN without a year'),
        ('******', 'CM826', false, 'trap: the sixth character is the |, which such a VIN lacks'),
        ('******', 'CM826|3', true, 'trap: a wildcard matches the |'),
        ('*****|*A', 'CM826|3A004352', true, 'rule 15: position 8 of the key is VIN 11'),
        ('*****|3', 'CM826|3A004352', true, 'rule 15: position 7 of the key is VIN 10'),
        ('*****|*******2', 'CM826|3A004352', true, 'position 14 of the key is VIN 17'),
        ('*****|*******3', 'CM826|3A004352', false, 'which is another'),
        ('*****|*********', 'CM826|3A004352', false, 'longer than any VIN, but not malformed'),
        ('C[MN]', 'CM826', true, 'a class'),
        ('C[NO]', 'CM826', false, 'a class without it'),
        ('C[A-M5]', 'CM826', true, 'a range'),
        ('[1-A-JT]', '1', true, 'rule 17: 1-A as 1A: 1'),
        ('[1-A-JT]', 'A', true, 'rule 17: 1-A as 1A: A'),
        ('[1-A-JT]', 'F', true, 'rule 17: 1-A as 1A: A-J'),
        ('[1-A-JT]', 'T', true, 'rule 17: 1-A as 1A: T'),
        ('[1-A-JT]', '5', false, 'rule 17: 1-A as 1A: not 1 to A'),
        ('[1-A-JT]', '-', false, 'rule 17: 1-A as 1A: no sign'),
        ('[H-J]', 'I', true, 'rule 17: I, O, Q can match'),
        ('[OQ]', 'Q', true, 'rule 17: I, O, Q can match'),
        ('A_', 'AX', true, 'rule 17: a _ is a wildcard of LIKE'),
        ('A_', 'A', false, 'which needs a character too'),
        ('[A]_', 'AX', false, 'rule 17: not in a key with a class'),
        ('[A]_', 'A_', true, 'there it is itself'),
        ('*B[CF______]', 'ABF', true, 'and inside the class as well'),
        ('A#', 'A1', false, 'rule 17: a # is itself for a pattern'),
        ('A#', 'A#', true, 'rule 17: a # is itself for a pattern'),
        ('A', '*', false, 'rule 17: a * in a VIN is data, a character does not match it'),
        ('[A-Z]', '*', false, 'rule 17: nor does a class'),
        ('[*A]', '*', false, 'nor one that holds a *'),
        ('*', '*', true, 'rule 17: a wildcard does'),
        ('*', '%', true, 'trap: so are % - , and other alphabets'),
        ('***', '-,ß', true, 'trap: so are % - , and other alphabets'),
        ('A', 'a', false, 'rule 17: case counts')
    ) as t (keys, image, expected, reason)
    where (decoder.key_symbols(t.keys) & decoder.image_symbols(t.image) = decoder.image_symbols(t.image)) is distinct from t.expected
    $$,
    'keys match as NHTSA''s do'
);

select is_empty(
    $$
    select keys
    from unnest(array['A[', 'A[]', 'A[1', 'A]', 'A[9-1]', 'A(1)', 'A.', 'A%', 'a', 'A[^1]', E'A\\1', 'A 1', 'Ä', '1-A']) as keys
    where decoder.key_symbols(keys) is not null
    $$,
    'a malformed key has no symbols, and no error'
);

select is(
    length(decoder.key_symbols(repeat('*', 1000))), 574, 'a very long key that is none'
);
select is(decoder.key_symbols(null), null, 'null has none');

select * from finish();
rollback;
