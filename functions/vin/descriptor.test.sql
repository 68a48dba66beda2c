begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.vin, vin.descriptor(t.vin) as actual
    from (
        values
        ('1HGCM82633A004352', '1HGCM826*3A', 'rule 40: 11 characters, position 9 hidden'),
        ('1A9A1BC26LF001234', '1A9A1BC2*LF001', 'rule 40: 14 for small makers'),
        ('1A9', '1A9***********', 'rule 40: a 9 in position 3 is enough for 14'),
        ('1HGCM', '1HGCM******', 'rule 40: filled up with asterisks'),
        ('1HG*M82633A', '1HG*M826*3A', 'a wildcard stays'),
        ('', '***********', 'nothing'),
        ('1HGCM82633A0043521234', '1HGCM826*3A', 'more than 17 characters')
    ) as t (vin, expected, reason)
    where vin.descriptor(t.vin) is distinct from t.expected
    $$,
    'descriptors'
);

select is(vin.descriptor(null), null, 'null has none');

select * from finish();
rollback;
