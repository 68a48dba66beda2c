begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.vin, t.digits_from, decoder.invalid_positions(t.vin, t.digits_from, t.is_position_9_free) as actual
    from (
        values
        ('1AAA1BC20LF000001', 13, false, '{}', 'rule 35: a VIN'),
        ('1AAA1BC2XLF000001', 13, false, '{}', 'rule 35: X in position 9'),
        ('1AAA1BC2*LF000001', 13, false, '{}', 'rule 35: * in position 9'),
        ('1AAA1BC2ALF000001', 13, false, array[9], 'rule 35: another letter in position 9'),
        ('1AAA1BC2ALF000001', 13, true, '{}', 'rule 35: off-road vehicles and exceptions may have one'),
        ('1AAA1BC20*F000001', 13, false, array[10], 'rule 35: * is not allowed in position 10'),
        ('1AAA1BC200F000001', 13, false, array[10], 'rule 35: 0 in position 10'),
        ('1AAA1BC20UF000001', 13, false, array[10], 'rule 35: U in position 10'),
        ('1AAA1BC20ZF000001', 13, false, array[10], 'rule 35: Z in position 10'),
        ('1AAA1BC209F000001', 13, false, '{}', 'rule 35: 9 in position 10'),
        ('*********L*******', 13, false, '{}', 'rule 35: * anywhere else'),
        ('IAAAOBC20LQ000001', 13, false, array[1, 5, 11], 'rule 35: I, O, Q'),
        ('1AA_1-,20L#00%001', 13, false, array[4, 6, 7, 11, 14], 'trap: signs'),
        (E'1A 1\t1', 13, false, array[3, 5], 'trap: a space and a tab inside'),
        ('1AßA1BC20LF000001', 13, false, array[3], 'trap: another alphabet'),
        ('1AAA1BC20LF0A0001', 13, false, array[13], 'rule 35: digits from 13 on'),
        ('1AAA1BC20LF0A0001', 14, false, '{}', 'rule 35: digits from 14 on'),
        ('1AAA1BC20LF00A001', 14, false, array[14], 'rule 35: digits from 14 on'),
        ('1AAA1BC20LF00A001', 15, false, '{}', 'rule 35: digits from 15 on'),
        ('1AAA1BC20LF00AAAA', 15, false, array[15, 16, 17], 'rule 35: digits from 15 on'),
        ('1AA', 13, false, '{}', 'a part of a VIN'),
        ('', 13, false, '{}', 'nothing')
    ) as t (vin, digits_from, is_position_9_free, expected, reason)
    where decoder.invalid_positions(t.vin, t.digits_from, t.is_position_9_free) is distinct from t.expected::int[]
    $$,
    'characters that cannot stand where they stand'
);

select * from finish();
rollback;
