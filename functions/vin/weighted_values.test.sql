begin;
select plan(2);

select is_empty(
    $$
    select w.weight, c.symbol, get_byte(vin.weighted_values(w.weight), ascii(c.symbol)) as actual
    from generate_series(2, 10) as w (weight)
    cross join string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as c (symbol)
    where get_byte(vin.weighted_values(w.weight), ascii(c.symbol)) <> w.weight * (1 + vin.character_value(c.symbol))
    $$,
    'the weight times one more than the value'
);

select is_empty(
    $$
    select code
    from generate_series(0, 90) as code
    where get_byte(vin.weighted_values(10), code) <> 0 and chr(nullif(code, 0)) !~ '^[0-9A-HJ-NPR-Z]$'
    $$,
    'nothing for what no VIN holds'
);

select * from finish();
rollback;
