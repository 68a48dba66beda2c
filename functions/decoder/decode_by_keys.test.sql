-- needs: fixture
begin;
set local plan_cache_mode = force_generic_plan;
select plan(3);

-- Every story of the fixture, as it is and with a year of the caller's.
create temporary table asked as
select row_number() over () as ordinal, v.vin, m.model_year
from catalog.wmi as w
cross join string_to_table('ABCDEFGHJKLMNPR', null) as letter
cross join unnest(array['1BC2', '1112', 'A112']) as characters
cross join unnest(array['LF', 'FF', 'F9', 'L7', '57']) as year_and_plant
cross join unnest(array['000001', '700007']) as serial
cross join (values (null), (0), (1990), (2020)) as m (model_year)
cross join lateral (
    select left(w.wmi, 3) || letter || characters || '0' || year_and_plant
        || case when length(w.wmi) = 6 then substr(w.wmi, 4) || right(serial, 3) else serial end as text
) as t
cross join lateral (select overlay(t.text placing vin.check_digit(t.text) from 9 for 1) as vin) as v
where w.release_id = decoder.current_release_id();

create temporary table told as
select way.way, a.vin, a.model_year, way.common, way.is_common, way.data_version
from (select array_agg(a.vin order by a.ordinal) as vins, array_agg(a.model_year order by a.ordinal) as model_years from asked as a) as l
cross join catalog.phrase as p
cross join lateral (
    select 'keys' as way, k.* from decoder.decode_by_keys(p.release_id, l.vins, l.model_years, '2026-06-30') as k
    union all
    select 'patterns', k.*
    from decoder.decode_by_patterns(p.release_id, l.vins, l.model_years, '2026-06-30', p.heads, p.pattern_confidences, p.element_weights) as k
) as way
inner join asked as a on a.ordinal = way.ordinal
where p.release_id = decoder.current_release_id();

select is_empty(
    $$ select w.way from (values ('keys'), ('patterns')) as w (way) where (select count(distinct t.vin) from told as t where t.way = w.way) < 100 $$,
    'both ways answer'
);

select is_empty(
    $$
    select t.way, t.vin, t.model_year, o.*
    from told as t
    cross join lateral decoder.describe_vin(decoder.current_release_id(), t.vin, t.model_year, '2026-06-30') as d
    cross join lateral (
        select
            o.told - 'rawData' as told, o.expected - 'rawData' as expected,
            (select jsonb_agg(r order by r) from jsonb_array_elements(o.told -> 'rawData') as r) as told_raw,
            (select jsonb_agg(r order by r) from jsonb_array_elements(o.expected -> 'rawData') as r) as expected_raw
        from (select (decoder.regular_json(t.vin) || t.common)::jsonb as told, (d.own || d.common)::jsonb as expected) as o
    ) as o
    where o.told is distinct from o.expected or o.told_raw is distinct from o.expected_raw
        or (t.is_common, t.data_version) is distinct from (d.is_common, d.data_version)
    $$,
    'what they answer, decoder.describe_vin says as well'
);

-- A release compiled before there were texts.
delete from catalog.phrase;
select is_empty(
    $$ select d.* from decoder.decode_by_keys(decoder.current_release_id(), array['1ALA1BC28LF000001'], null, '2026-06-30') as d $$,
    'without texts there is no answer'
);

select * from finish();
rollback;
