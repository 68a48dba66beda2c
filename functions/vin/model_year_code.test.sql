begin;
select plan(2);

select is_empty(
    $$
    select t.reason, t.letter, vin.model_year_code('1AAA1BC20' || t.letter || 'F000001') as actual
    from (
        select
            substr('ABCDEFGHJKLMNPRSTVWXY123456789', n, 1), 2009 + n, 'rule 6: thirty letters and digits in a row'
        from generate_series(1, 30) as n
        union all
        select letter, null, 'rule 6: no year code'
        from unnest(array['I', 'O', 'Q', 'U', 'Z', '0', '*', '-', 'a', 'ß']) as letter
    ) as t (letter, expected, reason)
    where vin.model_year_code('1AAA1BC20' || t.letter || 'F000001') is distinct from t.expected
    $$,
    'letters of position 10'
);

select is(
    array[vin.model_year_code('1AAA1BC2L'), vin.model_year_code(''), vin.model_year_code(null), vin.model_year_code('1AAA1BC20L')],
    array[null, null, null, 2020],
    'rule 6: it takes ten characters'
);

select * from finish();
rollback;
