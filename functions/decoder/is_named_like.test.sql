begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.name, t.searched
    from (
        values
        ('HONDA MOTOR CO., LTD', 'honda', true, 'the beginning, in another case'),
        ('MGS GRAND SPORT (MARDIKIAN)', 'kia', true, 'the middle'),
        ('Straße & Söhne', 'SÖHNE', true, 'another alphabet'),
        ('Straße & Söhne', 'strasse', false, 'a ß is one character'),
        ('HONDA', ' honda  ', true, 'spaces around mean nothing'),
        ('HONDA', 'h%a', false, 'no wildcard'),
        ('HONDA', 'h_nda', false, 'no wildcard either'),
        ('50% OFF', '50%', true, 'but a character like others'),
        ('HONDA', '', false, 'nothing is in no name'),
        ('HONDA', '   ', false, 'nor are spaces'),
        ('HONDA', 'HONDA MOTOR', false, 'more than the name')
    ) as t (name, searched, expected, reason)
    where decoder.is_named_like(t.name, t.searched) is distinct from t.expected
    $$,
    'names and what is looked for in them'
);

select * from finish();
rollback;
