begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.vin, vin.weighted_sum(t.vin) as actual
    from (
        values
        ('00000000000000000', 0, 'zeros weigh nothing'),
        ('11111111111111111', 89, 'the sum of all weights'),
        ('10000000000000000', 8, 'position 1 weighs 8'),
        ('00000001000000000', 10, 'position 8 weighs 10'),
        ('00000000900000000', 0, 'position 9 weighs nothing'),
        ('00000000X00000000', 0, 'position 9 may hold X'),
        ('00000000ß10000000', 9, 'position 9 may hold a character of several bytes, and moves none of the others'),
        ('00000000010000000', 9, 'position 10 weighs 9'),
        ('00000000000000001', 2, 'position 17 weighs 2'),
        ('A0000000J00000000', 8, 'A is 1'),
        ('H0000000000000000', 64, 'H is 8'),
        ('J0000000000000000', 8, 'J is 1 again'),
        ('N0000000000000000', 40, 'N is 5'),
        ('P0000000000000000', 56, 'P is 7: there is no O'),
        ('R0000000000000000', 72, 'R is 9: there is no Q'),
        ('S0000000000000000', 16, 'S is 2: there is no 1 in the third row'),
        ('Z0000000000000000', 72, 'Z is 9'),
        (',0000000000000000', -8, 'rule 36: a comma is -1'),
        ('1M8GDM9AXKP042788', 351, 'remainder 10, so its check digit is X')
    ) as t (vin, expected, reason)
    where vin.weighted_sum(t.vin) is distinct from t.expected
    $$,
    'weighted sums'
);

select * from finish();
rollback;
