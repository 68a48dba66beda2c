-- needs: fixture
begin;
set local plan_cache_mode = force_generic_plan;
select plan(1);

select is_empty(
    $$
    select t.vin, t.model_year
    from (
        values
        ('1ALA1BC28LF000001', null), ('1AJA11123LF000001', 2020), ('1AMA1BC23LF000001', null), ('1AHA11125LF000001', null),
        ('1ALA1BC20LF000001', null), ('1ALA1BC28LF000001', 1990), ('1AA', null), ('', null), (null, 2020)
    ) as t (vin, model_year)
    cross join lateral decoder.decode_rest(
        decoder.current_release_id(), t.vin, case when decoder.is_regular(t.vin) then t.vin end, t.model_year, '2026-06-30'
    ) as r
    cross join lateral decoder.describe_vin(decoder.current_release_id(), t.vin, t.model_year, '2026-06-30') as d
    cross join lateral (
        select
            array(select e from jsonb_array_elements((r.own || r.common)::jsonb -> 'rawData') as e order by e)
                = array(select e from jsonb_array_elements((d.own || d.common)::jsonb -> 'rawData') as e order by e)
            and (r.own || r.common)::jsonb - 'rawData' = (d.own || d.common)::jsonb - 'rawData' as is_same
    ) as s
    where not s.is_same or (r.is_common, r.data_version) is distinct from (d.is_common, d.data_version)
    $$,
    'what decoder.describe_vin says, whichever way it takes'
);

select * from finish();
rollback;
