begin;
select plan(2);

-- Valid are A, 1-3, B, nothing known, 2-4, (9 and 10 are never known), F, 0-5, nothing known, nothing known.
select is_empty(
    $$
    select t.reason, t.vin, c.*
    from (
        values
        ('1ANA1BC29LF000001', null, '', '', 'rule 31: nothing to correct'),
        ('1ANX1BC29LF000001', 2, '1ANA1BC29LF000001', '(4:A)', 'rule 31: one character fits, whatever the check digit'),
        ('1ANX1BC', 2, '1ANA1BC', '(4:A)', 'rule 31: also in a part of a VIN'),
        ('1ANA9BC29LF000001', 3, '1ANA1BC29LF000001', '(5:1)', 'rule 31: the check digit fits one of three'),
        ('1ANA9BC25LF000001', 4, '1ANA!BC25LF000001', '(5:123)', 'rule 31: the check digit fits none'),
        ('1ANA9BC29LF00000', 4, '1ANA!BC29LF00000', '(5:123)', 'rule 31: only 17 characters have a check digit'),
        ('1ANA9BC29LF0A0001', 4, '1ANA!BC29LF0A0001', '(5:123)', 'rule 36: a letter in position 13 has none, whatever the vehicle'),
        ('1ANX9BC29LF000001', 5, '1AN!!BC29LF000001', '(4:A)(5:123)', 'rule 31: two positions'),
        ('1ANX9B*97LG900001', 5, '1AN!!B*!7L!!00001', '(4:A)(5:123)(8:234)(11:F)(12:012345)', 'rule 30: all up to 14, an unknown one free'),
        ('1ANA1BC2', null, '', '', 'rule 30: a part of a VIN is checked as far as it goes'),
        ('1AN', null, '', '', 'rule 30: nothing to check'),
        ('1AN*1BC29LF000001', 2, '1ANA1BC29LF000001', '(4:A)', 'rule 17: a * in a VIN is data, and a known position does not know it'),
        ('1ANß1BC29LF000001', 2, '1ANA1BC29LF000001', '(4:A)', 'trap: a character of several bytes is one')
    ) as t (vin, code, suggested_vin, possible_values, reason)
    cross join lateral decoder.check_positions(
        t.vin, array['A', '123', 'B', null, '234', null, null, 'F', '012345', null, null]
    ) as c
    where (c.code, c.suggested_vin, c.possible_values) is distinct from (t.code, t.suggested_vin, t.possible_values)
    $$,
    'positions compared with what the data knows'
);

select results_eq(
    $$select c.code, c.suggested_vin, c.possible_values from decoder.check_positions('1AN#_%29LF000001', array_fill(null::text, array[11])) as c$$,
    $$values (null::int, '', '')$$,
    'rule 30: without a year nothing is known, so nothing is wrong'
);

select * from finish();
rollback;
