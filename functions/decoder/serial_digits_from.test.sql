begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.vin, t.is_light, decoder.serial_digits_from(t.vin, t.is_light) as actual
    from (
        values
        ('1AAA1BC20LF000001', true, 13, 'rule 35: light vehicles'),
        ('1ACA1BC20LF000001', false, 14, 'rule 35: others'),
        ('9ZZA1BC20LF000001', null, 14, 'rule 35: an unknown WMI'),
        ('1A9A1BC20LF001001', true, 15, 'rule 35: a small maker, light or not'),
        ('1A9', false, 15, 'rule 35: however short'),
        ('', true, 13, 'nothing')
    ) as t (vin, is_light, expected, reason)
    where decoder.serial_digits_from(t.vin, t.is_light) is distinct from t.expected
    $$,
    'where the digits begin'
);

select * from finish();
rollback;
