begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.keys, decoder.used_positions(t.keys)::bit(18) as actual
    from (
        values
        ('A', array[4], 'the first position of a key is VIN 4'),
        ('*1*B', array[5, 7], 'wildcards read nothing'),
        ('[AB]1[2-5]', array[4, 5, 6], 'a class reads one position'),
        ('*****|*F', array[11], 'the | is no position of a VIN'),
        ('A****|L', array[4, 10], 'position 7 of the key is VIN 10'),
        ('*****|*******7', array[17], 'position 14 is VIN 17'),
        ('###', array[4, 5, 6], 'formulas read too'),
        ('A_B', array[4, 6], 'a wildcard of LIKE reads nothing'),
        ('[A]_B', array[4, 5, 6], 'where it is none it reads'),
        ('A[', array[4, 5], 'malformed keys do not fail'),
        ('***************', '{}', 'nor do long ones'),
        ('*****', '{}', 'nothing but wildcards'),
        ('', '{}', 'nothing')
    ) as t (keys, positions, reason)
    where decoder.used_positions(t.keys)
        is distinct from coalesce((select bit_or(1 << p) from unnest(t.positions) as p), 0)
    $$,
    'positions that a key reads'
);

select * from finish();
rollback;
