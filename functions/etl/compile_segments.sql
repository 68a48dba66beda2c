-- NHTSA keeps a table of valid characters per WMI and year (wmiyearvalidchars) that its patterns imply and that goes
-- stale; here they are always derived. Schema sets repeat over WMIs, so the characters are collected once per set.
create or replace function etl.compile_segments(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.segment (
        release_id, wmi_id, year_from, year_to, schema_ids, link_years, valid_characters, has_formula, looks_past_descriptor, known_symbols
    )
    with boundary as (
        select l.wmi_id, l.year_from as year from staging.schema_link as l
        union
        select l.wmi_id, l.year_to + 1 from staging.schema_link as l
    ),
    span as (
        select b.wmi_id, b.year as year_from, lead(b.year) over (partition by b.wmi_id order by b.year) - 1 as year_to
        from boundary as b
    ),
    segment as materialized (
        select
            s.wmi_id, s.year_from, s.year_to, length(w.wmi) = 6 as is_small_maker,
            array_agg(l.schema_id order by l.year_from desc, l.schema_id) as schema_ids,
            array_agg(l.year_from order by l.year_from desc, l.schema_id) as link_years
        from (
            select p.wmi_id, p.year_from, p.year_to from span as p where p.year_to is not null
            union all
            select distinct l.wmi_id, 0, 0 from staging.schema_link as l
        ) as s
        inner join staging.schema_link as l
            on l.wmi_id = s.wmi_id and (s.year_to = 0 or (l.year_from <= s.year_from and s.year_to <= l.year_to))
        inner join catalog.wmi as w on w.release_id = compile_segments.release_id and w.wmi_id = s.wmi_id
        group by s.wmi_id, s.year_from, s.year_to, w.wmi
    ),
    schema_set as materialized (
        select row_number() over () as set_id, s.schema_ids, s.is_small_maker
        from segment as s
        group by s.schema_ids, s.is_small_maker
    ),
    key_text as materialized (
        select k.schema_id, k.keys from catalog.pattern_key as k where k.release_id = compile_segments.release_id
    ),
    token as materialized (
        select d.keys, t.ordinality::int + 3 as vin_position, decoder.token_characters(t.token) as characters
        from (select distinct k.keys from key_text as k) as d
        cross join lateral unnest(decoder.key_tokens(d.keys)) with ordinality as t (token, ordinality)
        -- The | stands at VIN 9; position 10 is the year's.
        where t.token <> '*' and t.ordinality not in (6, 7)
    ),
    schema_character as materialized (
        select distinct s.schema_id, s.vin_position, c.character
        from (
            select distinct k.schema_id, t.vin_position, t.characters
            from key_text as k
            inner join token as t on t.keys = k.keys
        ) as s
        cross join lateral string_to_table(s.characters collate "C", null) as c (character)
    ),
    set_position as materialized (
        select m.set_id, c.vin_position, string_agg(distinct c.character, '' order by c.character) as characters
        from (select d.set_id, unnest(d.schema_ids) as schema_id from schema_set as d) as m
        inner join schema_character as c on c.schema_id = m.schema_id
        group by m.set_id, c.vin_position
    ),
    set_characters as materialized (
        select
            d.set_id,
            array_agg(p.characters order by g.vin_position) filter (where g.vin_position <= 14) as valid_characters,
            bool_or(p.characters is not null and g.vin_position > 11) as looks_past_descriptor
        from schema_set as d
        cross join generate_series(4, 17) as g (vin_position)
        left join set_position as p on p.set_id = d.set_id and p.vin_position = g.vin_position
        group by d.set_id
    )
    select
        compile_segments.release_id, s.wmi_id, s.year_from, s.year_to, s.schema_ids, s.link_years, v.valid_characters,
        s.schema_ids && coalesce((
            select array_agg(distinct f.schema_id)
            from catalog.formula as f
            where f.release_id = compile_segments.release_id
        ), '{}'),
        c.looks_past_descriptor, decoder.known_symbols(v.valid_characters)
    from segment as s
    inner join schema_set as d on d.schema_ids = s.schema_ids and d.is_small_maker = s.is_small_maker
    inner join set_characters as c on c.set_id = d.set_id
    cross join lateral (
        select case
            -- Without a year NHTSA checks no position.
            when s.year_to = 0 then array_fill(null::text, array[11])
            -- Positions 12-14 of a small maker are part of its WMI.
            when s.is_small_maker then c.valid_characters[1:8] || array_fill(null::text, array[3])
            else c.valid_characters
        end as valid_characters
    ) as v;

    select count(*) from catalog.segment as s where s.release_id = compile_segments.release_id;
end;
comment on function etl.compile_segments(int) is
    'Fills catalog.segment of a release: for each WMI the spans of years with the same schemas, with their valid characters; returns the segments.';
