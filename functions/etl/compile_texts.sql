-- Most keys state things that no other matching key contests. What they contribute to an answer is put into words here, once,
-- so that a decode joins two to six texts instead of looking at every pattern.
create or replace function etl.compile_texts(release_id int)
    returns bigint
    language plpgsql
    volatile
as $$
#variable_conflict use_column
begin
    -- A partition without statistics is taken for tiny, and the joins below loop for minutes.
    analyze staging.pattern_key;
    analyze catalog.pattern;

    insert into catalog.phrase (release_id, heads, common_heads)
    select compile_texts.release_id, h.heads, decoder.common_heads(h.heads)
    from (select decoder.statement_heads(compile_texts.release_id) as heads) as h;

    update catalog.default_value
    set
        raw = decoder.statement_json(h.head, default_value.value, default_value.value_id, c.confidence, 'Default'),
        fields = decoder.field_json(e.element_id, default_value.value),
        confidences = decoder.confidence_json(e.element_id, c.confidence)
    from catalog.element as e
    cross join lateral (select decoder.statement_head(e.name, e.element_id) as head) as h
    cross join (
        select decoder.shown_confidence(
            decoder.element_confidence(decoder.undetected_doubts(), 'Default', 0, decoder.model_constant('unknown share'), false, false)
        ) as confidence
    ) as c
    where default_value.release_id = compile_texts.release_id
        and e.release_id = compile_texts.release_id
        and e.element_id = default_value.element_id
        and e.is_emitted
        and default_value.value <> '';

    with stated as materialized (
        select
            p.key_id,
            -- Elements of several values are not contested.
            coalesce(
                bit_or(set_bit(B'0'::bit(256), least(p.element_id, 255), 1)) filter (where p.element_id > 0 and p.slot <= 0),
                B'0'::bit(256)
            ) as elements,
            max(p.value_id) filter (where p.element_id = 5) as body_class,
            max(s.model_id) as spec_model_id,
            -- No element twice, none beyond the bits.
            count(*) filter (where p.slot <= 0) = count(distinct p.element_id) filter (where p.slot <= 0)
                and max(p.element_id) < 255
                and not bool_or(p.element_id = -18 and p.value is not null)
                -- A field of no value is null in an answer, and a text would leave it out.
                and not bool_or(p.element_id > 0 and coalesce(p.value, '') = '')
                -- What has several values has no bit that would keep its default away.
                and not bool_or(p.slot > 0 and p.element_id = any(
                    array(select d.element_id from catalog.default_value as d where d.release_id = compile_texts.release_id)
                ))
                -- A model of one make.
                and count(*) filter (where p.element_id = 28) = count(*) filter (where p.element_id = 26)
                -- The body class decides on error codes: a default of it would have to be looked at.
                and not exists (
                    select from catalog.default_value as d where d.release_id = compile_texts.release_id and d.element_id = 5
                ) as is_whole
        from catalog.pattern as p
        left join (select distinct v.model_id from catalog.vehicle_spec as v where v.release_id = compile_texts.release_id) as s
            on p.element_id = 28 and s.model_id::text = p.value_id
        where p.release_id = compile_texts.release_id
        group by p.key_id
    ),
    statement as (
        select
            p.key_id, p.element_id, p.value, e.group_rank, c.confidence, k.elements, p.slot,
            decoder.statement_json(h.head, p.value, p.value_id, c.confidence, coalesce(p.source, 'Pattern')) as raw
        from catalog.pattern as p
        inner join stated as k on k.key_id = p.key_id and k.is_whole
        inner join staging.pattern_key as u on u.key_id = p.key_id
        inner join catalog.element as e on e.release_id = compile_texts.release_id and e.element_id = p.element_id and e.is_emitted
        cross join lateral (select decoder.statement_head(e.name, e.element_id) as head) as h
        cross join lateral (
            select decoder.shown_confidence(decoder.element_confidence(
                decoder.undetected_doubts(), 'Pattern', u.used_positions, decoder.model_constant('unknown share'), false, false
            )) as confidence
        ) as c
        where p.release_id = compile_texts.release_id and p.value <> ''
    ),
    key_text as materialized (
        select
            s.key_id, s.elements,
            string_agg(s.raw, ',' order by s.group_rank, s.element_id, s.value) collate "C" as raw,
            string_agg(decoder.field_json(s.element_id, s.value), ',' order by s.element_id) as fields,
            string_agg(decoder.confidence_json(s.element_id, s.confidence), ',' order by s.element_id) as confidences,
            max(s.value) filter (where s.element_id = 13) as displacement, max(s.value) filter (where s.element_id = 9) as cylinders,
            max(s.value) filter (where s.element_id = 64) as configuration, max(s.value) filter (where s.element_id = 18) as engine_model,
            max(s.value) filter (where s.element_id = 24) as fuel_type, min(s.confidence) as confidence,
            -- Elements of several values are shown as often as they are stated.
            case when max(s.slot) > 0 then s.key_id end as own_id
        from statement as s
        group by s.key_id, s.elements
    ),
    -- The raw data says it all: keys with the same have the same fields.
    shared as materialized (
        select t.raw, t.elements, t.own_id, min(t.key_id) as text_id from key_text as t group by t.raw, t.elements, t.own_id
    ),
    written as (
        insert into catalog.key_text (
            release_id, text_id, raw, fields, confidences, displacement, cylinders, configuration, engine_model, fuel_type, confidence
        )
        select
            compile_texts.release_id, t.key_id, t.raw, t.fields, t.confidences, t.displacement, t.cylinders, t.configuration,
            t.engine_model, t.fuel_type, t.confidence
        from key_text as t
        inner join shared as s on s.text_id = t.key_id
    )
    insert into catalog.pattern_key (
        release_id, key_id, schema_id, keys, symbols, used_positions, is_formula, elements, body_class, spec_model_id, text_id, is_whole
    )
    select
        compile_texts.release_id, k.key_id, k.schema_id, k.keys, k.symbols, k.used_positions, k.is_formula, s.elements, s.body_class,
        s.spec_model_id, h.text_id, coalesce(s.is_whole, true)
    from staging.pattern_key as k
    left join stated as s on s.key_id = k.key_id
    left join key_text as t on t.key_id = k.key_id
    left join shared as h on h.raw = t.raw and h.elements = t.elements and h.own_id is not distinct from t.own_id
    -- One schema's keys lie on neighbouring pages.
    order by k.key_id;

    delete from staging.pattern_key;
    return (select count(*) from catalog.key_text as t where t.release_id = compile_texts.release_id);
end;
$$;
comment on function etl.compile_texts(int) is
    'Fills catalog.pattern_key, key_text and phrase of a release; returns the texts.';
