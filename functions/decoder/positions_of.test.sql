begin;
select plan(1);

select is_empty(
    $$
    select t.keys, decoder.positions_of(decoder.used_positions(t.keys)) as actual
    from (
        values
        ('A1*', array[4, 5]),
        ('*****|L*******', array[10]),
        ('*****|*******7', array[17]),
        ('*****', '{}'::int[]),
        (null, null)
    ) as t (keys, expected)
    where decoder.positions_of(decoder.used_positions(t.keys)) is distinct from t.expected
    $$,
    'a bit set as a list'
);

select * from finish();
rollback;
