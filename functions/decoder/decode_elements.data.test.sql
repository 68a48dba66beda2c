-- needs: data
begin;
select plan(1);

-- Answers of NHTSA's own decoder of November 2026 for the bundled rows, copied as facts.
select is_empty(
    $$
    select t.reason, t.vin, t.element_id, d.values
    from (
        values
        ('1GCYGAFF2H1704660', 143, '0', 'a clean VIN with two cycles'),
        ('1GCYGAFF2H1704660', 26, 'CHEVROLET', 'a clean VIN with two cycles'),
        ('1GCYGAFF2H1704660', 28, 'Express', 'a clean VIN with two cycles'),
        ('1GCYGAFF2H1704660', 29, '2017', 'a clean VIN with two cycles'),
        ('1GCYGAFF2H1704660', 5, 'Cargo Van', 'a clean VIN with two cycles'),
        ('1GCYGAFF2H1704660', 13, '4.8', 'a clean VIN with two cycles'),
        ('1GCYGAFF2H1704660', 11, '4800.0', 'rule 27: converted'),
        ('1GCYGAFF2H1704660', 75, 'UNITED STATES (USA)', 'a clean VIN with two cycles'),
        ('3GDEA2ZK6WR455482', 143, '1,5,14', 'rule 31: three wrong positions'),
        ('3GDEA2ZK6WR455482', 142, '3GDE!2!K6W!455482', 'rule 31: three wrong positions'),
        ('3GDEA2ZK6WR455482', 144, '(5:BCDEFGHJKLMNPRSTUVWX)(7:6)(11:13678GHMSZ)', 'rule 31: three wrong positions'),
        ('3GDEA2ZK6WR455482', 29, '1998', 'rule 43: the better cycle'),
        ('1E9EC9275ED560141', 143, '0,14', 'rule 4: a WMI of six characters'),
        ('1E9EC9275ED560141', 26, 'E-TUK', 'rule 4: a WMI of six characters'),
        ('1E9EC9275ED560141', 28, 'Classic', 'rule 4: a WMI of six characters'),
        ('1GCDV6806SD941037', 29, '1995', 'rule 43: the first cycle'),
        ('1GCDV6806SD941037', 142, '1GCD!!8!6SD941037', 'rule 31: corrected by the schemas of that cycle'),
        ('JM1TA2217Z0047762', 143, '1,11,400', 'rule 6: Z is no year'),
        ('JM1TA2217Z0047762', 28, 'Millenia', 'rule 16: every schema counts then'),
        ('JTEDU5JR4V7647849', 143, '8', 'rule 7: a light vehicle of a year to come'),
        ('JTEDU5JR4V7647849', 29, '2027', 'rule 7: a light vehicle of a year to come'),
        ('4S9525H03PA295347', 11, '25', 'rule 21: a formula'),
        ('4S9525H03PA295347', 13, '0', 'rule 27: its TBD'),
        ('4S9525H03PA295347', 144, '(4:ABCDEH)(11:T)', 'rule 30: a small maker, up to position 11'),
        ('1B9SCH6469T929704', 26, 'BLING''S CYCLES', 'rule 15: keys that look far'),
        ('ZDM2LBWM9AB419769', 144, '(4:13)(5:1234RWXY)', 'rule 31: a motorcycle'),
        ('ZDM2LBWM9AB419769', 13, '1.1980000000000000', 'rule 27: the scale of a division'),
        ('ZDM2LBWM9AB419769', 27, 'DUCATI MOTOR HOLDING S.P.A. ', 'rule 46: a blank behind stays'),
        ('5UIXW5C54HS589439', 143, '1,7,400', 'rule 35: an I in an unknown WMI'),
        ('5UIXW5C54HS589439', 142, '5U!XW5C54HS589439', 'rule 35: an I in an unknown WMI'),
        ('ZZZPT7563RS007501', 143, '1,7', 'rule 29: an unknown WMI'),
        ('2**BR*1E0XC665**7', 143, '1,7', 'rule 17: wildcards in a VIN')
    ) as t (vin, element_id, expected, reason)
    cross join lateral (
        select string_agg(coalesce(d.value, 'NULL'), ' + ' order by d.value collate "C") as values
        from decoder.decode_elements(decoder.current_release_id(), t.vin, null, '2026-11-22') as d
        where d.element_id = t.element_id
    ) as d
    where d.values is distinct from t.expected
    $$,
    'what NHTSA answers for real VINs'
);

select * from finish();
rollback;
