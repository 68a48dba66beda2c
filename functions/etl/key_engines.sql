-- Size, cylinders, layout and engine model stand on one key or on several of a schema. A key that states the size (else the
-- engine model, else the cylinders) is completed from the keys of its schema that fit one VIN with it.
create or replace function etl.key_engines(release_id int)
    returns table (schema_id int, key_id int, name text)
    language sql
    stable
begin atomic
    with stated as materialized (
        select k.schema_id, k.key_id, k.symbols, k.keys, p.element_id, coalesce(c.value, p.value) as value,
            case when p.element_id = -18 then p.value::int end as engine_model_id
        from catalog.pattern as p
        inner join catalog.pattern_key as k on k.release_id = key_engines.release_id and k.key_id = p.key_id
        left join catalog.conversion as c
            on c.release_id = key_engines.release_id and c.element_id = p.element_id and c.value_id = p.value_id and c.to_element_id = 13
        where p.release_id = key_engines.release_id and p.element_id in (-18, 9, 11, 12, 13, 18, 64) and p.source is null
    ),
    facet as materialized (
        select
            s.schema_id, s.key_id, s.symbols, s.keys,
            coalesce(
                max(s.value) filter (where s.element_id = 13),
                max(s.value) filter (where s.element_id in (11, 12)),
                max(m.value) filter (where m.element_id = 13),
                max(mc.value)
            ) as displacement,
            coalesce(max(s.value) filter (where s.element_id = 9), max(m.value) filter (where m.element_id = 9)) as cylinders,
            coalesce(max(s.value) filter (where s.element_id = 64), max(m.value) filter (where m.element_id = 64)) as configuration,
            max(s.value) filter (where s.element_id = 18) as model
        from stated as s
        left join catalog.engine_model_pattern as m
            on m.release_id = key_engines.release_id and m.engine_model_id = s.engine_model_id and m.element_id in (9, 11, 12, 13, 64)
        left join catalog.conversion as mc
            on mc.release_id = key_engines.release_id and mc.element_id = m.element_id and mc.value_id = m.value_id
            and mc.to_element_id = 13
        group by s.schema_id, s.key_id, s.symbols, s.keys
    ),
    masked as materialized (
        select f.*, decoder.key_masks(f.symbols) as masks, l.literals, l.fixed
        from facet as f
        cross join lateral decoder.key_literals(f.keys) as l
    ),
    neighbour as materialized (
        select
            m.key_id, o.displacement,
            case when m.cylinders is null then o.cylinders end as cylinders,
            case when m.configuration is null then o.configuration end as configuration,
            case when m.model is null then o.model end as model
        from masked as m
        inner join masked as o on o.schema_id = m.schema_id and o.key_id <> m.key_id
        where (
                (m.displacement is null and o.displacement is not null)
                or (m.cylinders is null and o.cylinders is not null)
                or (m.configuration is null and o.configuration is not null)
                or (m.model is null and o.model is not null)
            )
            and (m.literals # o.literals) & m.fixed & o.fixed = 0
            and decoder.masks_overlap(m.masks, o.masks)
    ),
    base as materialized (
        select m.*
        from masked as m
        where m.displacement is not null
            or m.key_id not in (
                select n.key_id from neighbour as n where n.displacement is not null or n.model is not null
            )
    )
    select distinct e.schema_id, e.key_id, e.name
    from (
        select
            b.schema_id, b.key_id,
            decoder.engine_name(
                b.displacement, coalesce(b.cylinders, c.cylinders), coalesce(b.configuration, g.configuration),
                coalesce(b.model, n.model)
            ) as name
        from base as b
        left join (select distinct n.key_id, n.cylinders from neighbour as n where n.cylinders is not null) as c
            on c.key_id = b.key_id
        left join (select distinct n.key_id, n.configuration from neighbour as n where n.configuration is not null) as g
            on g.key_id = b.key_id
        left join (select distinct n.key_id, n.model from neighbour as n where n.model is not null) as n on n.key_id = b.key_id
    ) as e
    where e.name is not null;
end;
comment on function etl.key_engines(int) is 'Engines by the key that states them, in the words of decoder.engine_name.';
