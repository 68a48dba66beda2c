-- needs: fixture
begin;
select plan(4);

select results_eq(
    $$
    select d.ordinal, d.vin, d.decoded
    from api.decode_vins(
        array['1ALA1BC28LF000001', null, ' 1ala1bc2xlf000002', '1ALA1BC28LF000001', '', '1AAA1BC20LF000001'], array[null, 2020, null, 1990]
    ) as d
    $$,
    $$
    select t.ordinal, t.vin, api.decode_vin(t.vin, t.model_year)
    from (
        values
        (1, '1ALA1BC28LF000001', null), (2, null, 2020), (3, ' 1ala1bc2xlf000002', null), (4, '1ALA1BC28LF000001', 1990), (5, '', null),
        (6, '1AAA1BC20LF000001', null)
    ) as t (ordinal, vin, model_year)
    $$,
    'each as api.decode_vin answers it, in input order, with the text that was asked'
);

select is_empty('select from api.decode_vins(null)', 'none');

set local role mvp_platform_user;
select is((select count(*) from api.decode_vins(array['1ALA1BC28LF000001', '1AA'])), 2::bigint, 'the server may call it');
reset role;

delete from catalog.current_release;
select throws_ok($$ select from api.decode_vins(array['1AA']) $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
