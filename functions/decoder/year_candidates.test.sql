begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.position_7, t.letter, t.is_light, y.*
    from (
        values
        ('C', 'L', true, 2020, null, true, 'rule 7b: light, a letter in position 7: the second cycle'),
        ('5', 'L', true, 1990, null, true, 'rule 7a: light, a digit: the first cycle'),
        ('0', 'A', true, 1980, null, true, 'rule 7a: the first year of all'),
        ('*', 'L', true, 2020, 1990, false, 'rule 7d: light, neither: both'),
        ('I', 'L', true, 2020, null, true, 'rule 7b: A-Z, not only letters of a VIN'),
        ('5', 'L', false, 2020, 1990, false, 'rule 7d: not light: both'),
        ('C', 'W', false, 2028, 1998, false, 'rule 7d: the last plausible year'),
        ('C', 'X', false, 1999, null, true, 'rule 7c: later than plausible'),
        ('C', 'X', true, 1999, null, true, 'rule 7c: for light vehicles too'),
        ('5', 'X', true, 1999, null, true, 'rule 7a: 30 years are taken once'),
        ('*', '9', true, 2009, null, true, 'rule 7c: the last letter'),
        ('C', '0', true, null, null, true, 'rule 9: no year is conclusive'),
        ('5', '*', true, null, null, true, 'rule 9: no year is conclusive'),
        ('C', 'U', false, null, null, true, 'rule 9: no year is conclusive'),
        ('*', '', false, null, null, true, 'rule 9: no position 10')
    ) as t (position_7, letter, is_light, year, other_year, is_conclusive, reason)
    cross join lateral decoder.year_candidates('1AAA1B' || t.position_7 || '20' || t.letter, t.is_light, 2028) as y
    where (y.year, y.other_year, y.is_conclusive) is distinct from (t.year, t.other_year, t.is_conclusive)
    $$,
    'model years of position 10'
);

select is(
    array(
        select (decoder.year_candidates('1ACA1BC20MF000001', false, y)).year from unnest(array[2020, 2021, 2050]) as y
    ),
    array[1991, 2021, 2021],
    'rule 2: the clock is an input'
);

select * from finish();
rollback;
