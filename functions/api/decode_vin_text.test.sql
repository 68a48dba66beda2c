-- needs: fixture
begin;
select plan(5);

select is_empty(
    $$
    select v.vin, v.model_year
    from (
        values
        ('1AAA1BC27LF000001', null), ('1ALA1BC28LF000001', null), ('1ALA1BC28LF000001', 1990), ('1AAA1BC20LF000001', null), ('1AA', null),
        ('', null), (null, 2020), (repeat('A', 18), null), (repeat('é', 100000), null)
    ) as v (vin, model_year)
    cross join lateral api.decode_vin_text(v.vin, v.model_year) as t
    where (t.own || t.common)::jsonb is distinct from api.decode_vin(v.vin, v.model_year)
        or t.data_version is distinct from api.data_version()
    $$,
    'the parts of a decode object, joined'
);

select results_eq(
    $$ select is_common from unnest(array['1ALA1BC28LF000001', '1AAA1BC27LF000001', '1AA']) as v (vin) cross join lateral api.decode_vin_text(v.vin) $$,
    array[true, false, false],
    'whether other VINs have the same second part'
);

insert into catalog.memo (release_id, descriptor, model_year, clock_year, common, data_version)
values (decoder.current_release_id(), '1ALA1BC2*LF', 0, extract(year from localtimestamp), '"marker":1}', 'v');
select is((select common from api.decode_vin_text('1ALA1BC28LF000001')), '"marker":1}', 'from the memo');

set local role mvp_platform_user;
select is((select is_common from api.decode_vin_text('1ALA1BC28LF000001')), true, 'the server may call it');
reset role;

delete from catalog.current_release;
select throws_ok($$ select api.decode_vin_text('1AAA1BC27LF000001') $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
