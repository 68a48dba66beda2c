-- needs: fixture
begin;
select plan(13);

create temporary table memo_of_test as
select array[
    '1ALA1BC28LF000001', '1ALA1BC28LF000001', ' 1ala1bc2xlf000002 ', '1ADA1BC23LF000001', '1ALA1BC20LF000001', '1AAA1BC27LF000001',
    '1AG70000XL7000007', '9ZZA1BC27LF000001', '1ALA1BC28L', repeat('é', 100000), '', null
] as vins;

select is((select api.remember_vins(m.vins) from memo_of_test as m), 2, 'two kinds that are common; the same, the irregular and the uncommon are not kept');

select results_eq(
    'select descriptor, model_year, clock_year from catalog.memo order by descriptor',
    $$
    select t.descriptor collate "C", 0, extract(year from localtimestamp)::int
    from (values ('1ADA1BC2*LF'), ('1ALA1BC2*LF')) as t (descriptor)
    $$,
    'by descriptor, caller''s year and clock''s year'
);

select is_empty(
    $$
    select m.descriptor
    from catalog.memo as m
    inner join unnest(array['1ALA1BC28LF000001', '1ADA1BC23LF000001']) as v (vin) on vin.descriptor(v.vin) = m.descriptor
    cross join lateral decoder.decode_document(m.release_id, v.vin, null, localtimestamp) as d
    where m.common <> d.common
    $$,
    'each with what its VINs have in common'
);

select is((select api.remember_vins(m.vins) from memo_of_test as m), 0, 'what is known is not kept again');
select is(
    api.remember_vins(array_fill('1ALA1BC28LF000001'::text, array[4]), array[null, 2020, 0, 1990]), 2,
    'another year of the caller''s is another answer; 0 is none'
);
select is(api.remember_vins(null), 0, 'null');
select is(api.remember_vins('{}', array[2020]), 0, 'nothing');

-- What is in the memo comes back until it is left behind.
update catalog.memo set common = '"marker":1}';
select ok(api.decode_vin('1ALA1BC2XLF000002') ? 'marker', 'a decode takes from it');

insert into etl.run (run_id, source) overriding system value values (1001, 'next');
do $$
begin
    perform etl.begin_release(1001);
    update catalog.release set is_complete = true where run_id = 1001;
    perform etl.publish((select release_id from catalog.release where run_id = 1001));
end;
$$;
select ok(not api.decode_vin('1ALA1BC2XLF000002') ? 'marker', 'a new release leaves it behind');
do $$ begin perform etl.rollback(); end; $$;
select ok(api.decode_vin('1ALA1BC2XLF000002') ? 'marker', 'and the old one finds its own again');

-- A batch of three for the one place that is left.
create or replace function decoder.memo_limit()
    returns bigint
    language sql
    immutable parallel safe
    return (5);
select is(
    api.remember_vins(array['1ARA1BC20LF000001', '1ARB1BC25LF000001', '1ARC1BC2XLF000001']), 1, 'no more than there is room for'
);
select is(api.remember_vins(array['1ARD1BC24LF000001']), 0, 'when it is full nothing is added');

set local role mvp_platform_user;
select is(api.remember_vins(array['1ALA1BC28LF000001']), 0, 'the server may call it');

select * from finish();
rollback;
