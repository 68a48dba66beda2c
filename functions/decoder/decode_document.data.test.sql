-- needs: data
begin;
-- As in api's functions: by another plan the same values come in another order.
set local plan_cache_mode = force_generic_plan;
select plan(6);

-- VINs of real keys: in a random segment a random key, each position a character that it takes, or one that another key takes.
select setseed(0.25);
create temporary table drawn as
select overlay(d.text placing coalesce(vin.check_digit(d.text), '0') from 9 for 1) as vin
from (
    select
        left(s.wmi, 3) || string_agg(c.character, '' order by c.position) filter (where c.position < 9) || '0'
            || substr('ABCDEFGHJKLMNPRSTVWXY123456789', (s.year - 1980) % 30 + 1, 1)
            || string_agg(c.character, '' order by c.position) filter (where c.position = 11)
            || coalesce(
                nullif(substr(s.wmi, 4), ''), string_agg(c.character, '' order by c.position) filter (where c.position > 11)
            )
            || lpad(floor(random() * 1000)::text, 3, '0') as text
    from (
        select
            w.wmi, s.schema_ids, s.valid_characters, row_number() over () as number,
            greatest(s.year_from, 1980) + floor(random() * (least(s.year_to, 2027) - greatest(s.year_from, 1980) + 1))::int as year
        from catalog.segment as s
        inner join catalog.wmi as w on w.release_id = s.release_id and w.wmi_id = s.wmi_id and w.public_at is not null
        where s.release_id = decoder.current_release_id() and s.year_to >= 1980 and s.year_from <= 2027
        order by random()
        limit 3000
    ) as s
    cross join lateral (
        select decoder.key_tokens(k.keys) as tokens
        from catalog.pattern_key as k
        where k.release_id = decoder.current_release_id() and k.schema_id = any(s.schema_ids) and s.number is not null
        -- Rather one that states a model.
        order by random() * case when get_bit(k.elements, 28) = 1 then 0.1 else 1 end
        limit 1
    ) as k
    cross join lateral (
        select p.position, substr(a.allowed, 1 + floor(random() * length(a.allowed))::int, 1) as character
        from unnest(array[4, 5, 6, 7, 8, 11, 12, 13, 14]) as p (position)
        cross join lateral (
            select coalesce(
                nullif(translate(
                    case
                        when k.tokens[p.position - 3] <> '*' then decoder.token_characters(k.tokens[p.position - 3])
                        else s.valid_characters[p.position - 3]
                    end,
                    'IOQ*#_|', ''
                ), ''),
                '1'
            ) as allowed
        ) as a
    ) as c
    group by s.number, s.wmi, s.year
) as d;

-- A third of them with a year of the caller's.
create temporary table asked as
select row_number() over () as ordinal, d.vin, case when random() < 0.3 then y.year - 30 * floor(random() * 2)::int end as model_year
from drawn as d
cross join lateral (select vin.model_year_code(d.vin) as year) as y
where decoder.is_regular(d.vin);
create temporary table looked as
select w.way, a.vin, a.model_year, w.is_common, decoder.regular_json(a.vin) || w.common as told, e.own || e.common as expected, e.is_common as is_expected
from (
    select array_agg(a.vin order by a.ordinal) as vins, array_agg(a.model_year order by a.ordinal) as model_years from asked as a
) as l
cross join (select decoder.current_release_id() as release_id) as r
inner join catalog.phrase as p on p.release_id = r.release_id
cross join lateral (
    select 'keys' as way, k.* from decoder.decode_by_keys(r.release_id, l.vins, l.model_years, '2026-11-22') as k
    union all
    select 'patterns', k.*
    from decoder.decode_by_patterns(r.release_id, l.vins, l.model_years, '2026-11-22', p.heads, p.pattern_confidences, p.element_weights) as k
) as w
inner join asked as a on a.ordinal = w.ordinal
cross join lateral decoder.describe_vin(r.release_id, a.vin, a.model_year, '2026-11-22') as e;

select is_empty(
    $$
    select w.way, count(l.*), count(l.*) filter (where l.model_year is not null)
    from (values ('keys', 1500, 200), ('patterns', 1800, 200)) as w (way, documents, with_years)
    left join looked as l on l.way = w.way and l.is_common
    group by w.way
    having count(l.*) < max(w.documents) or count(l.*) filter (where l.model_year is not null) < max(w.with_years)
    $$,
    'the data has thousands of VINs to compare'
);

select is_empty(
    $$
    select l.way, l.vin, l.model_year, o.*
    from looked as l
    cross join lateral (
        select
            l.told::jsonb - 'rawData' as told, l.expected::jsonb - 'rawData' as expected,
            (select jsonb_agg(r order by r) from jsonb_array_elements(l.told::jsonb -> 'rawData') as r) as told_raw,
            (select jsonb_agg(r order by r) from jsonb_array_elements(l.expected::jsonb -> 'rawData') as r) as expected_raw
    ) as o
    where o.told is distinct from o.expected or o.told_raw is distinct from o.expected_raw or l.is_common is distinct from l.is_expected
    $$,
    'keys and patterns, all at once, say what the values say, one by one'
);

-- Other vehicles of the same kind: whatever stands behind the descriptor.
select is_empty(
    $$
    select o.vin, l.vin
    from looked as l
    cross join lateral (
        select case
            -- Positions 12 to 14 are a small maker's.
            when substr(l.vin, 3, 1) = '9' then left(l.vin, 14)
            else left(l.vin, 11) || substr('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', 1 + floor(random() * 33)::int, 1)
                || lpad(floor(random() * 100)::text, 2, '0')
        end || lpad(floor(random() * 1000)::text, 3, '0') as text
    ) as other
    cross join lateral (select overlay(other.text placing vin.check_digit(other.text) from 9 for 1) as vin) as o
    cross join lateral decoder.decode_document(decoder.current_release_id(), l.vin, null, '2026-11-22') as d
    cross join lateral decoder.decode_document(decoder.current_release_id(), o.vin, null, '2026-11-22') as e
    where l.is_common and (d.is_common, d.common) is distinct from (e.is_common, e.common)
    $$,
    'where a document is common, every other serial number has the same one'
);

-- Some as they are, some with a wrong character.
create temporary table mixed as
select
    row_number() over () as ordinal, nullif(t.model_year, 0) as model_year,
    case
        when t.number % 4 = 0 then overlay(t.vin placing substr('05BKZIQ?', 1 + floor(random() * 8)::int, 1) from 1 + floor(random() * 17)::int for 1)
        else t.vin
    end as vin
from (
    select d.vin, row_number() over () as number, case when random() < 0.2 then 1990 + floor(random() * 38)::int else 0 end as model_year
    from drawn as d
) as t;
create temporary table document as
select m.ordinal, m.vin, m.model_year, d.own, d.common, d.is_common, d.data_version
from mixed as m
cross join lateral decoder.decode_document(decoder.current_release_id(), m.vin, m.model_year, localtimestamp) as d;

select is_empty(
    $$
    select d.vin, d.model_year
    from (select array_agg(d.vin order by d.ordinal) as vins, array_agg(d.model_year order by d.ordinal) as model_years from document as d) as asked
    cross join lateral api.decode_vins_text(asked.vins || asked.vins, asked.model_years || asked.model_years) as many
    inner join document as d on d.ordinal = (many.ordinal - 1) % (select count(*) from document) + 1
    where (many.own, many.common, many.is_common, many.data_version) is distinct from (d.own, d.common, d.is_common, d.data_version)
    $$,
    'many at once, twice each, are decoded as one by one'
);

-- A release that was compiled before texts were: none of what a decode would otherwise work out. What follows from a pattern
-- takes over there whether the pattern is disputed; here the makes of two models are compared, and converted displacements.
create temporary table statement as
select d.vin, d.model_year, e.element_id, e.value, e.value_id, e.source, e.keys,
    case when e.source <> 'pattern - model' and e.source not like 'Conversion%' then e.confidence end as confidence
from document as d
cross join lateral decoder.decode_elements(decoder.current_release_id(), d.vin, d.model_year, localtimestamp) as e
where d.ordinal % 2 = 0;
delete from catalog.pattern where source is not null;
update catalog.pattern_key set elements = null, body_traits = null, spec_model_id = null, is_whole = null where is_whole is not null;
update catalog.segment set known_symbols = null;
update catalog.default_value set raw = null, fields = null, confidences = null;
delete from catalog.key_text;
delete from catalog.phrase;
select is_empty(
    $$
    select d.vin, d.model_year
    from document as d
    cross join lateral decoder.decode_document(decoder.current_release_id(), d.vin, d.model_year, localtimestamp) as before
    cross join lateral (
        select o.document - '{rawData,confidence,fieldConfidence}'::text[] as fields, o.number,
            array(select r - 'confidence' from jsonb_array_elements(o.document -> 'rawData') as r order by r - 'confidence') as raw
        from (values ((d.own || d.common)::jsonb, 1), ((before.own || before.common)::jsonb, 2)) as o (document, number)
    ) as o
    group by d.ordinal, d.vin, d.model_year, d.is_common, before.is_common
    having min(o.fields::text) <> max(o.fields::text) or min(o.raw) <> max(o.raw) or d.is_common <> before.is_common
    $$,
    'an older release gives the same documents'
);
select is_empty(
    $$
    with before as (
        select d.vin, d.model_year, e.element_id, e.value, e.value_id, e.source, e.keys,
            case when e.source <> 'pattern - model' and e.source not like 'Conversion%' then e.confidence end as confidence
        from document as d
        cross join lateral decoder.decode_elements(decoder.current_release_id(), d.vin, d.model_year, localtimestamp) as e
        where d.ordinal % 2 = 0
    )
    (select 'now', s.* from statement as s except all select 'now', b.* from before as b)
    union all
    (select 'before', b.* from before as b except all select 'before', s.* from statement as s)
    $$,
    'and the same elements'
);

select * from finish();
rollback;
