begin;
select plan(2);

select is_empty(
    $$
    select t.keys, p, (decoder.key_masks(decoder.key_symbols(t.keys)))[p] as actual
    from unnest(array['A1*[2-5]', '*****|*F', '', 'A_']) as t (keys)
    cross join generate_series(1, 14) as p
    where (decoder.key_masks(decoder.key_symbols(t.keys)))[p]::bit(41)
        is distinct from substring(decoder.key_symbols(t.keys) from (p - 1) * 41 + 1 for 41)
    $$,
    'one number for each of the fourteen positions'
);

select is(cardinality(decoder.key_masks(decoder.key_symbols('A'))), 14, 'never more, never fewer');

select * from finish();
rollback;
