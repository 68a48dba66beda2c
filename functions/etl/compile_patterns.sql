create or replace function etl.compile_patterns(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.pattern (
        release_id, key_id, pattern_id, element_id, slot, rank, value, value_id, changed_at, source
    )
    with usable as materialized (
        select
            k.key_id, p.pattern_id, p.element_id, p.value_id, p.changed_at, e.is_multivalued,
            case when e.lookup_table is null then p.value_id else l.value end as value,
            -- Within the latest link year the latest change wins, then the key with the fewest fixed characters,
            -- then the alphabet, then the older row.
            row_number() over (
                order by p.changed_at desc nulls first, length(replace(p.keys, '*', '')), translate(p.keys, '[]', ''), p.pattern_id
            ) as rank,
            -- The engine model is chosen by another rule: the younger row wins a tie.
            row_number() over (order by p.changed_at desc nulls first, p.pattern_id desc) as engine_rank
        from staging.pattern as p
        inner join vpic.vinschema as s on s.id = p.schema_id and s.tobeqced is not true
        inner join staging.pattern_key as k on k.schema_id = p.schema_id and k.keys = p.keys
        inner join staging.element as e on e.element_id = p.element_id and e.is_pattern_value
        left join staging.lookup_value as l on l.lookup_table = e.lookup_table and l.value_id = p.value_id
    )
    select
        compile_patterns.release_id, u.key_id, u.pattern_id, u.element_id, case when u.is_multivalued then u.pattern_id else 0 end,
        u.rank, decoder.clean_value(u.value), u.value_id, u.changed_at, null
    from usable as u
    union all
    select
        compile_patterns.release_id, u.key_id, u.pattern_id, -18, 0, u.engine_rank, m.id::text, u.value_id, u.changed_at, null
    from usable as u
    left join vpic.enginemodel as m on lower(btrim(m.name, ' ')) = lower(btrim(u.value_id, ' '))
    where u.element_id = 18
    union all
    -- The make of a model. Of a model of two makes, or of none, decoder.find_makes asks.
    select
        compile_patterns.release_id, u.key_id, u.pattern_id, 26, 0, u.rank, min(m.make_name), min(m.make_id)::text, null,
        'pattern - model'
    from usable as u
    inner join catalog.model_make as m
        on m.release_id = compile_patterns.release_id and u.value_id ~ '^\d{1,9}$' and m.model_id = u.value_id::int
    where u.element_id = 28
    group by u.key_id, u.pattern_id, u.rank
    having count(*) = 1
    union all
    -- Displacement in the other units: of several the latest change, then the conversion that NHTSA lists first.
    select
        compile_patterns.release_id, u.key_id, u.pattern_id, c.to_element_id, -1,
        row_number() over (order by u.changed_at desc nulls first, c.conversion_id, u.rank), c.value, c.value, u.changed_at, c.source
    from usable as u
    inner join catalog.conversion as c
        on c.release_id = compile_patterns.release_id and c.element_id = u.element_id and c.value_id = u.value_id
    where u.element_id in (11, 12, 13)
    -- Rows of one key together, one schema's keys together: a decode reads few pages.
    order by 2, 4;

    insert into catalog.formula (
        release_id, key_id, schema_id, pattern_id, element_id, slot, rank, value_from, value_length, value_id, changed_at
    )
    select
        compile_patterns.release_id, k.key_id, k.schema_id, p.pattern_id, p.element_id,
        case when e.is_multivalued then p.pattern_id else 0 end,
        row_number() over (
            order by p.changed_at desc nulls first, length(replace(p.keys, '*', '')), translate(p.keys, '[]', ''), p.pattern_id
        ),
        strpos(p.keys, '#'), length(p.keys) - strpos(reverse(p.keys), '#') - strpos(p.keys, '#') + 2, p.value_id, p.changed_at
    from staging.pattern as p
    inner join vpic.vinschema as s on s.id = p.schema_id and s.tobeqced is not true
    inner join staging.pattern_key as k on k.schema_id = p.schema_id and k.keys = p.keys and k.is_formula
    inner join staging.element as e on e.element_id = p.element_id
    where p.element_id not in (26, 27, 29, 39);

    select count(*) from catalog.pattern as p where p.release_id = compile_patterns.release_id;
end;
comment on function etl.compile_patterns(int) is 'Fills catalog.pattern and catalog.formula of a release; returns the patterns.';
