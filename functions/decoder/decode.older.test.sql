-- needs: fixture
begin;
set local plan_cache_mode = force_generic_plan;
select plan(2);

-- Every story of the fixture by the release as it is, then by one that was compiled before texts were.
create temporary table asked as
select row_number() over () as ordinal, case when n.number % 3 = 0 then n.text else overlay(n.text placing coalesce(vin.check_digit(n.text), '0') from 9 for 1) end as vin,
    n.model_year
from (
    select t.text, m.model_year, row_number() over (order by t.text, m.model_year) as number
    from catalog.wmi as w
    cross join string_to_table('ABCDEFGHJKLMNPR', null) as letter
    cross join unnest(array['1BC2', '1112']) as characters
    cross join unnest(array['LF', 'FF', 'G!']) as year_and_plant
    cross join (values (null), (1990), (2016)) as m (model_year)
    cross join lateral (
        select left(w.wmi, 3) || letter || characters || '0' || year_and_plant || coalesce(nullif(substr(w.wmi, 4), ''), '000') || '001' as text
    ) as t
    where w.release_id = decoder.current_release_id()
) as n;
create temporary table statement as
select a.ordinal, e.*
from asked as a
cross join lateral decoder.decode_elements(decoder.current_release_id(), a.vin, a.model_year, '2026-06-30') as e;
create temporary table document as
select a.ordinal, (d.own || d.common)::jsonb as document, d.is_common
from asked as a
cross join lateral decoder.decode_document(decoder.current_release_id(), a.vin, a.model_year, '2026-06-30') as d;

delete from catalog.pattern where source is not null;
update catalog.pattern_key set elements = null, body_traits = null, spec_model_id = null, is_whole = null;
update catalog.segment set known_symbols = null;
update catalog.default_value set raw = null, fields = null, confidences = null;
delete from catalog.key_text;
delete from catalog.phrase;

-- A make and a converted displacement took over whether their pattern was disputed; now they are compared themselves.
select is_empty(
    $$
    with before as (
        select a.ordinal, e.*
        from asked as a
        cross join lateral decoder.decode_elements(decoder.current_release_id(), a.vin, a.model_year, '2026-06-30') as e
    ),
    compared as (
        select 'now' as release, s.* from statement as s
        union all
        select 'before', b.* from before as b
    )
    select c.ordinal, a.vin, a.model_year, c.element_id, c.value, string_agg(c.release || ' ' || c.confidence, ', ')
    from compared as c
    inner join asked as a on a.ordinal = c.ordinal
    group by c.ordinal, a.vin, a.model_year, c.element_id, c.variable, c.value, c.value_id, c.source, c.keys, c.group_rank,
        case when c.source <> 'pattern - model' and c.source not like 'Conversion%' then c.confidence end
    having count(*) filter (where c.release = 'now') <> count(*) filter (where c.release = 'before')
    $$,
    'the same elements'
);

select is_empty(
    $$
    select a.vin, a.model_year
    from document as d
    inner join asked as a on a.ordinal = d.ordinal
    cross join lateral decoder.decode_document(decoder.current_release_id(), a.vin, a.model_year, '2026-06-30') as b
    cross join lateral (
        select o.document - '{rawData,confidence,fieldConfidence}'::text[] as fields,
            array(select r - 'confidence' from jsonb_array_elements(o.document -> 'rawData') as r order by r - 'confidence') as raw
        from (values (d.document), ((b.own || b.common)::jsonb)) as o (document)
    ) as o
    group by d.ordinal, a.vin, a.model_year, d.is_common, b.is_common
    having min(o.fields::text) <> max(o.fields::text) or min(o.raw) <> max(o.raw) or d.is_common <> b.is_common
    $$,
    'and the same documents'
);

select * from finish();
rollback;
