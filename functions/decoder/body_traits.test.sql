begin;
select plan(2);

select results_eq(
    $$ select c, decoder.body_traits(c) >> 12 from unnest(array['13', '64', '63', '69', null]) with ordinality as t (c, n) order by n $$,
    $$ values ('13', 0), ('64', 5), ('63', 4), ('69', 2), (null, 0) $$,
    'a sedan; a glider kit, incomplete as well; incomplete; off road; none stated'
);

select results_eq(
    $$
    select t >> 12, array_agg(c order by c)
    from generate_series(1, 200) as c cross join lateral decoder.body_traits(c::text) as t
    where t <> 0
    group by t
    order by t
    $$,
    $$
    values
    (2, array[69, 84, 86, 88, 97, 105, 113, 124, 126, 127]),
    (4, array[62, 63, 65, 67, 70, 71, 72, 74, 75, 76, 77, 78, 107, 112, 116]),
    (5, array[64])
    $$,
    'all that say something'
);

select * from finish();
rollback;
