begin;
select plan(1);

select results_eq(
    $$select decoder.positions_of(bits) from unnest(array[0, 1 << 4, (1 << 4) | (1 << 11) | (1 << 17)]) as bits$$,
    $$values ('{}'::int[]), ('{4}'), ('{4,11,17}')$$,
    'bit p is position p'
);

select * from finish();
rollback;
