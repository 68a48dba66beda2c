begin;
select plan(2);

prepare pairs as
select t.reason, t.a, t.b
from (
    values
    ('A1', 'A1', true, 'the same key'),
    ('A1', 'A2', false, 'another character'),
    ('A', 'A2B', true, 'a prefix'),
    ('A*', '*2', true, 'different positions'),
    ('[AB]', '[BC]', true, 'classes with a common character'),
    ('[AB]', '[CD]', false, 'classes without one'),
    ('[2-5]', '4', true, 'a range and a character of it'),
    ('*****|*F', 'A1BC2', true, 'the plant and the rest'),
    ('*****|*F', '*****|*G', false, 'two plants'),
    ('*****|*******7', '*****|*******8', false, 'the last position'),
    ('[*]', 'A', false, 'a class that accepts nothing')
) as t (a, b, expected, reason)
where decoder.masks_overlap(decoder.key_masks(decoder.key_symbols(t.a)), decoder.key_masks(decoder.key_symbols(t.b)))
    is distinct from t.expected
    or decoder.masks_overlap(decoder.key_masks(decoder.key_symbols(t.b)), decoder.key_masks(decoder.key_symbols(t.a)))
    is distinct from t.expected;
select is_empty('pairs', 'whether one VIN can match two keys, both ways round');

select ok(
    not decoder.masks_overlap(decoder.key_masks(decoder.key_symbols('*****|')), decoder.key_masks(decoder.key_symbols('*****|*********'))),
    'a key that is too long matches nothing'
);

select * from finish();
rollback;
