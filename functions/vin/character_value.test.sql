begin;
select plan(2);

select is(
    (
        select string_agg(vin.character_value(c.symbol)::text, '' order by c.ordinality)
        from string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) with ordinality as c (symbol, ordinality)
    ),
    '012345678912345678123457923456789',
    'digits are themselves, letters as in table III'
);

select is_empty(
    $$
    select c.symbol
    from string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) as c (symbol)
    where vin.weighted_sum(c.symbol || repeat('0', 16)) <> 8 * vin.character_value(c.symbol)
    $$,
    'as the weighted sum has them'
);

select * from finish();
rollback;
