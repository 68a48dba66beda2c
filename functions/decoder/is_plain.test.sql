begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.vin, decoder.is_plain(t.vin)
    from (
        values
        ('1HGCM82633A004352', true, 'every character where it may stand'),
        ('1HGCM82603A004352', true, 'a wrong check digit is none of its business'),
        ('1HGCM826X3A004352', true, 'X is a check digit'),
        ('1HGCM826A3A004352', false, 'other letters are not'),
        ('1HGCM8263UA004352', false, 'U is no year'),
        ('1HGCM82633AA04352', true, 'position 12 may be a letter'),
        ('1HGCM82633A0A4352', false, 'position 13 not'),
        ('1HGCM82633A00435Z', false, 'nor the last'),
        ('1H9CM82633AZZZ352', true, 'in positions 13 and 14 small makers have letters'),
        ('1H9CM82633A0Z4352', true, 'or letters and digits'),
        ('1H9CM82633AZZZA52', false, 'in position 15 not'),
        ('1H9CM82633AZOZ352', false, 'an O is in no VIN'),
        ('19HCM82633AZZZ352', false, 'a 9 in position 2 says nothing'),
        ('IHGCM82633A004352', false, 'I is in no VIN'),
        ('1HGCM82633A00435', false, '16 characters'),
        ('1HGCM82633A0043521', false, '18 characters'),
        ('1hgcm82633a004352', false, 'small letters are for vin.normalize'),
        (E'1HGCM82633A004352\n', false, 'nor a line end'),
        ('', false, 'nothing')
    ) as t (vin, expected, reason)
    where decoder.is_plain(t.vin) is distinct from t.expected
    $$,
    'characters that are right by themselves'
);

select * from finish();
rollback;
