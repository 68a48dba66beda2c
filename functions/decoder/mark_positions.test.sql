begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.vin, decoder.mark_positions(t.vin, t.positions) as actual
    from (
        values
        ('1AAA1BC20LF000001', array[5], '1AAA!BC20LF000001', 'one'),
        ('1AAA1BC20LF000001', array[17, 1, 5], '!AAA!BC20LF00000!', 'several, in any order'),
        ('1AAA1BC20LF000001', '{}', '1AAA1BC20LF000001', 'none'),
        ('1AAß1', array[4], '1AA!1', 'characters, not bytes'),
        ('1AA', array[9], '1AA', 'behind the end')
    ) as t (vin, positions, expected, reason)
    where decoder.mark_positions(t.vin, t.positions) is distinct from t.expected
    $$,
    'positions marked with !'
);

select * from finish();
rollback;
