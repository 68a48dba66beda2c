-- needs: fixture
begin;
select plan(6);

select results_eq(
    $$
    select v.value ->> 'VIN', v.value ->> 'ModelYear'
    from json_array_elements(api.vpic_decode_vins_values(array['1AAA1BC27LF000001', '1aca1bc20lf000001', '1ACA1BC20LF000001', ''], array[null, 1990])) as v
    $$,
    $$
    values
        ('1AAA1BC27LF000001', '2020'),
        ('1ACA1BC20LF000001', '1990'),
        (
            '1ACA1BC20LF000001',
            (select r.results -> 0 ->> 'ModelYear' from api.vpic_decode_vin_values('1ACA1BC20LF000001') as r)
        ),
        ('', (select r.results -> 0 ->> 'ModelYear' from api.vpic_decode_vin_values('') as r))
    $$,
    'in their order, each with its own model year'
);
select is(
    (api.vpic_decode_vins_values(array['1AAA1BC27LF000001']) -> 0)::text,
    (select (r.results -> 0)::text from api.vpic_decode_vin_values('1AAA1BC27LF000001') as r),
    'the same as one by one'
);
select is(json_array_length(api.vpic_decode_vins_values(array['1A', '1A'])), 2, 'the same VIN twice');
select is(json_array_length(api.vpic_decode_vins_values('{}')), 0, 'no VIN');
select is(json_array_length(api.vpic_decode_vins_values(array[null, '*', repeat('9', 1000)])), 3, 'any text');

delete from catalog.current_release;
select throws_ok($$ select api.vpic_decode_vins_values(array['1A']) $$, 'VP503', null, 'nothing is published');

select * from finish();
rollback;
