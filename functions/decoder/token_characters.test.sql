begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.token, decoder.token_characters(t.token) as actual
    from (
        values
        ('*', '', 'rule 30: a wildcard makes nothing valid'),
        ('#', '0123456789', 'rule 30: # is any digit'),
        ('A', 'A', 'rule 30: a character is itself'),
        ('I', 'I', 'rule 30: also one that is in no VIN'),
        ('_', '_', 'rule 30: also a wildcard of LIKE'),
        ('[BIO]', 'BIO', 'rule 30: listed characters, I and O too'),
        ('[B*|2]', 'B2', 'rule 30: but neither * nor |'),
        ('[H-R]', 'HJKLMNPR', 'rule 30: a range leaves I, O, Q out'),
        ('[IH-J]', 'HJ', 'rule 30: a class with a range leaves out the listed ones too'),
        ('[1-3_#|]', '123', 'rule 30: and all signs'),
        ('[9-1]', null, 'a malformed class')
    ) as t (token, expected, reason)
    where decoder.token_characters(t.token) is distinct from t.expected
    $$,
    'characters that a position makes valid'
);

select * from finish();
rollback;
