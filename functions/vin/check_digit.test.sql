begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.vin, vin.check_digit(t.vin) as actual
    from (
        values
        ('1M8GDM9AXKP042788', 'X', 'the remainder 10 is an X'),
        ('11111111111111111', '1', 'ones check themselves'),
        ('1HGCM82633A004352', '3', 'a real VIN'),
        ('1HGCM826?3A004352', '3', 'position 9 itself may hold anything'),
        ('00000000000000000', '0', 'no remainder'),
        ('1HGCM82633A00435', null, '16 characters'),
        ('1HGCM82633A0043522', null, '18 characters'),
        ('', null, 'nothing'),
        ('1HGCM82633I004352', null, 'an I'),
        ('1HGCM82633O004352', null, 'an O'),
        ('QHGCM82633A004352', null, 'a Q'),
        ('1hgcm82633a004352', null, 'not normalized'),
        ('1HGCM82633A00435*', null, 'a wildcard'),
        ('1HGCM82633A00,352', null, 'a comma: only NHTSA''s check lets it pass'),
        ('1HGCM82633A00ß352', null, 'a letter that is none of the alphabet')
    ) as t (vin, expected, reason)
    where vin.check_digit(t.vin) is distinct from t.expected
    $$,
    'check digits of 49 CFR 565.15'
);

select is(vin.check_digit(null), null, 'null has none');

select * from finish();
rollback;
