begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.vin, vin.key_image(t.vin) as actual
    from (
        values
        ('1HGCM82633A004352', 'CM826|3A004352', 'rule 15: positions 4-8, |, 10-17'),
        ('1HGCM826', 'CM826', 'rule 15: eight characters'),
        ('1HGCM8263', 'CM826', 'rule 15: position 9 adds nothing, not even the |'),
        ('1HGCM82633', 'CM826|3', 'rule 15: position 10 brings the |'),
        ('1HGC', 'C', 'rule 15: one character'),
        ('1HG', '', 'rule 15: none'),
        ('', '', 'nothing'),
        ('1HG*_#%-', '*_#%-', 'signs are characters')
    ) as t (vin, expected, reason)
    where vin.key_image(t.vin) is distinct from t.expected
    $$,
    'key images'
);

select is(vin.key_image(null), null, 'null has none');

select * from finish();
rollback;
