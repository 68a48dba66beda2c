begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.class, decoder.class_characters(t.class) as actual
    from (
        values
        ('[ABC]', 'ABC', 'listed characters'),
        ('[2-5]', '2345', 'a range'),
        ('[8-B]', '89AB', 'digits come before letters'),
        ('[X1-3A-CZ]', 'X123ABCZ', 'ranges among listed characters'),
        ('[A-A]', 'A', 'a range of one'),
        ('[H-P]', 'HIJKLMNOP', 'rule 17: I and O match as well'),
        ('[IOQ]', 'IOQ', 'rule 17: and when they are listed'),
        ('[*7]', '7', 'a * is no wildcard inside a class'),
        ('[*]', '', 'and then nothing is accepted'),
        ('[1268_______]', '1268_______', 'a _ is itself inside a class'),
        ('[#|]', '#|', 'so are # and |'),
        ('[9-1]', null, 'malformed: a range backwards'),
        ('[B-A]', null, 'malformed: a range backwards'),
        ('[A-B-C]', null, 'malformed: a range that goes on'),
        ('[-B]', null, 'malformed: a range from nowhere'),
        ('[A-]', null, 'malformed: a range to nowhere'),
        ('[A-_]', null, 'malformed: a range to a sign'),
        ('[^A]', null, 'malformed: a negation, which no key has'),
        ('[]', null, 'malformed: empty'),
        ('[', null, 'malformed: no end'),
        ('[A', null, 'malformed: no end'),
        ('A]', null, 'malformed: no beginning'),
        ('[a]', null, 'malformed: lower case'),
        ('[A.]', null, 'malformed: another sign'),
        ('[Ä]', null, 'malformed: another letter'),
        ('', null, 'malformed: nothing'),
        (null, null, 'null')
    ) as t (class, expected, reason)
    where decoder.class_characters(t.class) is distinct from t.expected
    $$,
    'characters of a class'
);

select * from finish();
rollback;
