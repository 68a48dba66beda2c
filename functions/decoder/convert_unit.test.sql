begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.formula, t.value_id, decoder.convert_unit(t.formula, t.value_id) as actual
    from (
        values
        ('#x# / 16.387064 ', '3000', '183.0712322841968519', 'rule 27: PostgreSQL''s numeric'),
        ('#x# * 1000', '2.0', '2000.0', 'rule 27: the scale of the factors'),
        ('#x# * 1000', '2', '2000', 'rule 27: whole numbers'),
        ('#x# / 1000.', '1500', '1.5000000000000000', 'rule 27: the scale of a division'),
        ('#x# * 0.016387064 ', '350', '5.735472400', 'rule 27: a trailing blank'),
        ('#x# / 1000.', ' 1500 ', '1.5000000000000000', 'blanks around the value'),
        ('#x# * 1000', '-2', '-2000', 'a negative one'),
        ('#x# * 1000', 'TBD', '0', 'rule 27: no number'),
        ('#x# * 1000', '', '0', 'rule 27: nothing'),
        ('#x# * 1000', '2.0L', '0', 'rule 27: with a unit'),
        ('#x# * 1000', '2..0', '0', 'rule 27: two points'),
        ('#x# * 1000', '2,0', '0', 'rule 27: a comma'),
        ('#x# / 0', '2', '0', 'rule 27: a division by zero'),
        ('#x# / 0.00', '2', '0', 'rule 27: a division by zero'),
        ('pg_sleep(#x#)', '2', '0', 'a formula is never executed'),
        ('#x# * 2; drop table x', '2', '0', 'a formula is never executed'),
        ('#x# + 2', '2', '0', 'another operator'),
        (null, '2', null, 'null'),
        ('#x# * 1000', null, null, 'null')
    ) as t (formula, value_id, expected, reason)
    where decoder.convert_unit(t.formula, t.value_id) is distinct from t.expected
    $$,
    'displacement in other units'
);

select * from finish();
rollback;
