-- needs: fixture
begin;
set local plan_cache_mode = force_generic_plan;
select plan(3);

create temporary table asked as
select row_number() over () as ordinal, t.vin, t.model_year, case when decoder.is_regular(t.vin) then t.vin end as regular
from (
    values
    ('1ALA1BC28LF000001', null), ('1ADA1BC23LF000001', null), ('1AMA1BC23LF000001', null), ('1AJA11123LF000001', 2020), (null, null),
    ('', 1990), ('1ALA1BC20LF000001', null), ('1ALA1BC28LF000001', 1990), ('1AA', null), ('1AG70000XL7000007', null)
) as t (vin, model_year);

create temporary table answered as
select k.*
from (
    select array_agg(a.vin order by a.ordinal) as vins, array_agg(a.regular order by a.ordinal) as regulars,
        array_agg(a.model_year order by a.ordinal) as model_years
    from asked as a
) as l
cross join lateral decoder.decode_kinds(decoder.current_release_id(), l.vins, l.regulars, l.model_years, '2026-06-30') as k;

select is_empty(
    $$
    select a.ordinal, a.vin, k.own, k.common
    from asked as a
    cross join lateral decoder.decode_document(decoder.current_release_id(), a.vin, a.model_year, '2026-06-30') as d
    full join answered as k on k.ordinal = a.ordinal
    where (k.own, k.common, k.is_common, k.data_version) is distinct from (d.own, d.common, d.is_common, d.data_version)
    $$,
    'each once, whichever way it takes'
);

select is_empty(
    $$ select from decoder.decode_kinds(decoder.current_release_id(), null, null, null, '2026-06-30') union all select from decoder.decode_kinds(decoder.current_release_id(), '{}', '{}', '{}', '2026-06-30') $$,
    'none'
);

insert into catalog.memo (release_id, descriptor, model_year, clock_year, common, data_version)
values (decoder.current_release_id(), '1ALA1BC2*LF', 0, 2026, 'remembered', 'v');
select results_eq(
    $$
    select k.ordinal, k.common = 'remembered'
    from decoder.decode_kinds(
        decoder.current_release_id(), array['1ALA1BC28LF000001', '1ALA1BC28LF000001', '1ALA1BC28LF000001'],
        array['1ALA1BC28LF000001', '1ALA1BC28LF000001', null], array[null, 0], '2026-06-30'
    ) as k
    order by k.ordinal
    $$,
    $$ values (1, true), (2, false), (3, false) $$,
    'the memo''s, for regular VINs without a year'
);

select * from finish();
rollback;
