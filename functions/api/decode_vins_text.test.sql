-- needs: fixture
begin;
select plan(4);

select is_empty(
    $$
    with asked as (
        select array['1ALA1BC28LF000001', null, '1ALA1BC2XLF000002', '1ALA1BC28LF000001', '', '1AAA1BC20LF000001'] as vins,
            array[null, 2020, null, 1990] as model_years
    )
    select n.ordinal, d.*
    from asked as a
    cross join generate_series(1, cardinality(a.vins)) as n (ordinal)
    left join lateral api.decode_vins_text(a.vins, a.model_years) with ordinality as d (ordinal, own, common, is_common, data_version, place)
        on d.place = n.ordinal
    left join lateral api.decode_vin_text(a.vins[n.ordinal], a.model_years[n.ordinal]) as t on true
    where (d.ordinal, d.own, d.common, d.is_common, d.data_version)
        is distinct from (n.ordinal, t.own, t.common, t.is_common, t.data_version)
    $$,
    'each as api.decode_vin_text answers it, in input order'
);

select is_empty('select from api.decode_vins_text(null)', 'none');

set local role mvp_platform_user;
select is((select count(*) from api.decode_vins_text(array['1ALA1BC28LF000001', '1AA'])), 2::bigint, 'the server may call it');
reset role;

delete from catalog.current_release;
select throws_ok($$ select from api.decode_vins_text(array['1AA']) $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
