begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.vin, r.is_regular
    from (
        values
        ('1AAA1BC27LF000001', true, 'nothing wrong'),
        ('1M8GDM9AXKP042788', true, 'X as check digit'),
        ('1AAA1BC20LF000001', false, 'a wrong check digit'),
        ('1AAA1BC2ALF000001', false, 'a letter for one'),
        ('1AAO1BC27LF000001', false, 'an O'),
        ('1AAA1BC270F000001', false, 'no year: 0'),
        ('1AAA1BC27UF000001', false, 'no year: U'),
        ('1AAA1BC27ZF000001', false, 'no year: Z'),
        ('1AAA1BC27LF0A0001', false, 'a letter in position 13, which heavy vehicles may have'),
        ('1aaa1bc27lf000001', false, 'not normal'),
        ('1AAA1BC27LF00001', false, '16 characters'),
        ('1AAA1BC27LF0000011', false, '18 characters'),
        (E'1AAA1BC27LF000001\n', false, 'a line end'),
        ('', false, 'nothing'),
        (null, false, 'null')
    ) as t (vin, expected, reason)
    cross join lateral (select decoder.is_regular(t.vin) as is_regular) as r
    where r.is_regular is distinct from t.expected
    $$,
    'VINs of which no character is wrong by itself'
);

select * from finish();
rollback;
