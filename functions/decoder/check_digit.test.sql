begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.vin, t.digits_from, decoder.check_digit(t.vin, t.digits_from) as actual
    from (
        values
        ('1HGCM82633A004352', 13, '3', 'rule 36: a real VIN'),
        ('1HGCM826!3A004352', 13, '3', 'rule 36: position 9 may hold anything'),
        ('1M8GDM9AXKP042788', 14, 'X', 'rule 36: ten is an X'),
        ('1HGCM82633A0B4352', 13, null, 'rule 36: a letter in position 13 of a light vehicle'),
        ('1HGCM82633A0B4352', 14, '4', 'rule 36: in position 13 of another'),
        ('1HGCM82633A00B352', 14, null, 'rule 36: a letter in position 14'),
        ('1HGCM82633A00B352', 15, '4', 'rule 36: in position 14 of a small maker'),
        ('1HGCM82633A004B52', 15, null, 'rule 36: a letter in position 15'),
        ('1HGCM82633A00435B', 15, null, 'rule 36: a letter in position 17'),
        ('1HGCM82633AB04352', 13, '6', 'rule 36: a letter in position 12'),
        ('1HGCM826IIA004352', 13, null, 'rule 36: an I in position 10'),
        ('1HGCM82630A004352', 13, null, 'rule 36: a 0 in position 10'),
        ('1HGCM8263UA004352', 13, null, 'rule 36: a U in position 10'),
        ('1HGCM8263ZA004352', 13, null, 'rule 36: a Z in position 10'),
        ('1HGCM8263,A004352', 13, '0', 'rule 36: a comma in position 10 passes as -1'),
        (',HGCM82633A004352', 13, '9', 'rule 36: a comma in position 1 passes as -1'),
        ('1HGCM82633A00435,', 13, null, 'rule 36: not where a digit must be'),
        ('IHGCM82633A004352', 13, null, 'rule 36: an I'),
        ('1HGCO82633A004352', 13, null, 'rule 36: an O'),
        ('1HGCM8Q633A004352', 13, null, 'rule 36: a Q'),
        ('1HG*M82633A004352', 13, null, 'rule 36: a *'),
        ('1HG-M82633A004352', 13, null, 'rule 36: another sign'),
        ('1HGßM82633A004352', 13, null, 'rule 36: another letter'),
        ('1HGCM82633A00435', 13, null, '16 characters'),
        ('', 13, null, 'nothing')
    ) as t (vin, digits_from, expected, reason)
    where decoder.check_digit(t.vin, t.digits_from) is distinct from t.expected
    $$,
    'check digits that NHTSA expects'
);

-- Where all characters are legal, both are one.
select is_empty(
    $$
    select v
    from unnest(array['1HGCM82633A004352', '1M8GDM9AXKP042788', '11111111111111111', '5GZCZ43D13S812715', 'WBAWB73529P046324']) as v
    where decoder.check_digit(v, 13) is distinct from vin.check_digit(v)
    $$,
    'the regulation''s check digit'
);

select * from finish();
rollback;
