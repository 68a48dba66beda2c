begin;
select plan(2);

select results_eq(
    $$select string_agg(vin.character_value(c.symbol)::text, '' order by c.ordinality)
      from string_to_table('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', null) with ordinality as c (symbol, ordinality)$$,
    $$values ('012345678912345678123457923456789')$$,
    'table III of 49 CFR 565.15'
);

select results_eq(
    $$select (vin.weighted_sum('1HGCM82633A004352')
        - 8 * vin.character_value('1') + 8 * vin.character_value('2')) = vin.weighted_sum('2HGCM82633A004352')$$,
    array[true],
    'the weighted sum is made of these values'
);

select * from finish();
rollback;
