-- needs: fixture
begin;
-- As in api's functions: by another plan the same values come in another order.
set local plan_cache_mode = force_generic_plan;
select plan(6);

create temporary table asked as
select t.ordinal, t.vin, t.model_year, d.own, d.common, d.is_common, d.data_version
from (
    values
    (1, '1ALA1BC28LF000001', null, 'a VIN'),
    (2, null, null, 'null'),
    (3, '1ALA1BC2XLF000002', null, 'another of its kind'),
    (4, '1ALA1BC28LF000001', null, 'the same again'),
    (5, ' 1ala1bc28lf000001  ', null, 'and in small letters'),
    (6, '1ALA1BC28LF000001', 1990, 'of another year'),
    (7, '1ALA1BC28LF000001', 0, 'a year that none is'),
    (8, '1ALA1BC2XLF000002', 1990, 'another of its kind and year'),
    (9, '1ALA1BC20LF000001', null, 'a wrong check digit'),
    (10, '1AAA1BC27LF000001', null, 'a descriptor with an exception'),
    (11, '1AAA1BC20LF000009', null, 'the exception'),
    (12, '1AAA1BC27LF000001', null, 'and the first again'),
    (13, '', null, 'nothing'),
    (14, '1ALA1BC28LF0000011', null, '18 characters'),
    (15, '1ALA1BC28LF00', null, 'a part'),
    (16, '1A9A1BC26LF001234', null, 'a small maker'),
    (17, '1AG70000XL7000007', null, 'a key that looks far'),
    (18, repeat('é', 100000), null, 'a long text'),
    (19, '1ALA1BC2XLF000002', null, 'and one of the first kind')
) as t (ordinal, vin, model_year, reason)
cross join lateral decoder.decode_document(decoder.current_release_id(), t.vin, t.model_year, localtimestamp) as d;

create temporary table answered as
select d.*
from (select array_agg(a.vin order by a.ordinal) as vins, array_agg(a.model_year order by a.ordinal) as model_years from asked as a) as all_asked
cross join lateral api.decode_vins_text(all_asked.vins, all_asked.model_years)
    with ordinality as d (ordinal, own, common, is_common, data_version, place);

-- Few are decoded as they are, of many each kind once.
create temporary table answered_often as
select (d.ordinal - 1) % 19 + 1 as ordinal, d.own, d.common, d.is_common, d.data_version
from (select array_agg(a.vin order by a.ordinal) as vins, array_agg(a.model_year order by a.ordinal) as model_years from asked as a) as all_asked
cross join lateral api.decode_vins_text(
    all_asked.vins || all_asked.vins || all_asked.vins,
    all_asked.model_years || all_asked.model_years || all_asked.model_years
) as d;
select is_empty(
    $$
    select a.ordinal, a.vin, d.*
    from asked as a
    left join answered_often as d on d.ordinal = a.ordinal
    where (d.own, d.common, d.is_common, d.data_version) is distinct from (a.own, a.common, a.is_common, a.data_version)
    union all
    select a.ordinal, a.vin, null, null, null, null, null from asked as a
    where (select count(*) from answered_often as d where d.ordinal = a.ordinal) <> 3
    $$,
    'each of many, three times'
);

select results_eq('select place::int from answered order by place', 'select ordinal from answered order by place', 'in input order');

select is_empty(
    $$
    select a.ordinal, a.vin, d.*
    from asked as a
    left join answered as d on d.ordinal = a.ordinal
    where (d.own, d.common, d.is_common, d.data_version)
        is distinct from (a.own, a.common, a.is_common, a.data_version)
    $$,
    'each as if it were alone'
);

select is_empty(
    $$
    select t.reason, d.found
    from (
        values
        (null::text[], null::int[], null, 'null'),
        ('{}', null, null, 'none'),
        ('{}', array[2020], null, 'none, with a year'),
        (array['1ALA1BC28LF000001', '1ALA1BC28LF000001'], null, '1:0,10 2:0,10', 'no years'),
        (array['1ALA1BC28LF000001', '1ALA1BC28LF000001'], array[1990], '1:0,10,12 2:0,10', 'fewer years'),
        (array['1ALA1BC28LF000001'], array[null, 1990, 1991], '1:0,10', 'more years')
    ) as t (vins, model_years, expected, reason)
    cross join lateral (
        select string_agg(d.ordinal || ':' || e.codes, ' ' order by d.ordinal) as found
        from api.decode_vins_text(t.vins, t.model_years) as d
        cross join lateral (
            select string_agg(e ->> 'code', ',') as codes from jsonb_array_elements((d.own || d.common)::jsonb -> 'errors') as e
        ) as e
    ) as d
    where d.found is distinct from t.expected
    $$,
    'years that are not there'
);

insert into catalog.memo (release_id, descriptor, model_year, clock_year, common, data_version)
values (decoder.current_release_id(), '1ALA1BC2*LF', 0, extract(year from localtimestamp), '"marker":1}', 'v');
select is_empty(
    $$
    select d.ordinal, d.common
    from (select array_agg(a.vin order by a.ordinal) as vins, array_agg(a.model_year order by a.ordinal) as model_years from asked as a) as all_asked
    cross join lateral api.decode_vins_text(all_asked.vins, all_asked.model_years) as d
    where (d.common like '%marker%') <> (d.ordinal in (1, 3, 4, 5, 19))
    $$,
    'what is remembered is told'
);

update catalog.memo set clock_year = clock_year - 1;
select is_empty(
    $$ select from api.decode_vins_text(array['1ALA1BC28LF000001']) as d where d.common like '%marker%' $$,
    'but not in another year'
);

select * from finish();
rollback;
