begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.vin, vin.wmi(t.vin) as actual
    from (
        values
        ('1HGCM82633A004352', '1HG', 'three characters'),
        ('1A9A1BC26LF001234', '1A9001', 'rule 4: a 9 in position 3 adds positions 12-14'),
        ('1A9A1BC26LF001', '1A9001', 'rule 4: 14 characters are enough'),
        ('1A9A1BC26LF00', '1A9', 'rule 4: with 13 characters the first three count'),
        ('19AA1BC26LF001234', '19A', 'a 9 in position 2 means nothing'),
        ('1A9A1BC26LF*01234', '1A9*01', 'a wildcard is a character'),
        ('1HG', '1HG', 'no more than a WMI'),
        ('1H', '1H', 'rule 4: less than a WMI'),
        ('', '', 'nothing')
    ) as t (vin, expected, reason)
    where vin.wmi(t.vin) is distinct from t.expected
    $$,
    'world manufacturer identifiers'
);

select is(vin.wmi(null), null, 'null has none');

select * from finish();
rollback;
