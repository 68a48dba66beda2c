-- needs: fixture
begin;
set local plan_cache_mode = force_generic_plan;
select plan(2);

-- Every element with a value is an object of rawData, with the value and the confidence that decoder.decode_elements gives it.
select is_empty(
    $$
    select t.vin, t.model_year, e.element_id, e.value, e.confidence
    from (
        values
        ('1ALA1BC28LF000001', null), ('1AJA11123LF000001', 2020), ('1AMA1BC23LF000001', null), ('1AHA11125LF000001', null),
        ('1ALA1BC20LF000001', null), ('1ALA1BC28LF000001', 1990), ('1AA', null), ('9ZZA1BC27LF000001', null), ('', null)
    ) as t (vin, model_year)
    cross join lateral decoder.describe_vin(decoder.current_release_id(), t.vin, t.model_year, '2026-06-30') as d
    cross join lateral decoder.decode_elements(decoder.current_release_id(), t.vin, t.model_year, '2026-06-30') as e
    where e.value <> ''
        and not exists (
            select
            from jsonb_array_elements((d.own || d.common)::jsonb -> 'rawData') as r
            where (r ->> 'VariableId')::int = e.element_id and r ->> 'Value' = e.value and r ->> 'source' = e.source
                and (r ->> 'confidence')::numeric = round(e.confidence::numeric, 4)
        )
    $$,
    'what decoder.decode_elements gives is in the decode object'
);

select results_eq(
    $$
    select ((d.own || d.common)::jsonb ->> 'valid')::boolean, d.is_common, d.data_version
    from unnest(array['1ALA1BC28LF000001', '1ALA1BC20LF000001', null]) with ordinality as t (vin, ordinality)
    cross join lateral decoder.describe_vin(decoder.current_release_id(), t.vin, null, '2026-06-30') as d
    order by t.ordinality
    $$,
    $$ values (true, true, 'fixture-r1'), (false, false, 'fixture-r1'), (false, false, 'fixture-r1') $$,
    'a good VIN, a wrong check digit, null'
);

select * from finish();
rollback;
