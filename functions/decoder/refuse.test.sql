begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.input, p.*
    from (
        values
        (null, '', array[7, 11], null, 'rule 1: null'),
        ('1HGCM82633A0043521', '1HGCM82633A004352', array[400], '18 characters, a VIN has 17', 'one character too many'),
        ('  1hgcm82633a00435211  ', '1HGCM82633A004352', array[400], '19 characters, a VIN has 17', 'spaces around do not count'),
        (repeat('ß', 18), repeat('ß', 17), array[400], '18 characters, a VIN has 17', 'characters, not bytes')
    ) as t (input, vin, codes, invalid_characters, reason)
    cross join lateral decoder.refuse(t.input) as p
    where (p.vin, p.codes, p.invalid_characters, p.suggested_vin, p.possible_values, p.year, p.items, p.is_exception)
        is distinct from (t.vin, t.codes, t.invalid_characters, '', '', null, null, false)
    $$,
    'answers to what cannot be looked at'
);

select is((decoder.refuse(repeat('A', 3000000))).vin, repeat('A', 17), 'megabytes are cut');

select * from finish();
rollback;
