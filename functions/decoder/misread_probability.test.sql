begin;
select plan(3);

select is_empty(
    $$
    select m.symbol, sum(decoder.misread_probability(m.symbol, t.symbol)) as actual
    from string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as m (symbol)
    cross join string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as t (symbol)
    group by m.symbol
    having abs(sum(decoder.misread_probability(m.symbol, t.symbol)) - 1) > 1e-9
    $$,
    'over all that may be typed instead they add up to one'
);

select ok(decoder.misread_probability('5', 'S') > decoder.misread_probability('5', 'A'), 'a look-alike is likelier');
select is(decoder.misread_probability('5', '5'), 0::double precision, 'a character is not misread for itself');

select * from finish();
rollback;
