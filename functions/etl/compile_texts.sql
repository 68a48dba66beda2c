-- Most keys state things that no other matching key contests. What they contribute to an answer is put into words here, once,
-- so that a decode joins two to six texts instead of looking at every pattern.
create or replace function etl.compile_texts(release_id int)
    returns bigint
    language plpgsql
    volatile
as $$
#variable_conflict use_column
declare
    phrase catalog.phrase;
begin
    -- A partition without statistics is taken for tiny, and the joins below loop for minutes.
    analyze staging.pattern_key;
    analyze catalog.pattern;

    insert into catalog.phrase (
        release_id, data_version, heads, common_heads, no_data_weight, year_statement, descriptor_statement,
        year_confidence, maker_confidence, default_confidence, open_year_statement, open_year_confidence, pattern_confidences,
        element_weights, unknown_symbol_weight
    )
    select
        compile_texts.release_id, r.data_version, h.heads, decoder.common_heads(h.heads), e.weight,
        decoder.statement_json(replace(h.heads[29], '%', '%%'), '%1$s', '%1$s', c.year, 'ModelYear'),
        decoder.correction_json(replace(h.heads[196], '%', '%%'), '%1$s'), c.year, c.maker, c.by_default,
        decoder.statement_json(replace(h.heads[29], '%', '%%'), '%1$s', '%1$s', c.open_year, 'ModelYear'), c.open_year, n.by_positions,
        w.by_element, u.weight
    from catalog.release as r
    cross join (select decoder.statement_heads(compile_texts.release_id) as heads) as h
    cross join (
        select
            decoder.unopposed_confidence('ModelYear', 0) as year, decoder.unopposed_confidence('Make', 0) as maker,
            decoder.unopposed_confidence('Default', 0) as by_default,
            decoder.unopposed_confidence('ModelYear', 0, is_year_open => true) as open_year
    ) as c
    cross join (
        select
            array_agg(
                decoder.unopposed_confidence(
                    'Pattern',
                    -- Position 10 counts as one that a value rests on, and makes no difference otherwise.
                    coalesce((select bit_or(1 << u.p) from unnest((array[4, 5, 6, 7, 8, 11, 12, 13, 14])[:n.positions]) as u (p)), 0) | (1 << 10),
                    is_disputed => k.kind = 1, is_year_open => k.kind = 2
                )
                order by k.kind, n.positions
            ) as by_positions
        from generate_series(0, 2) as k (kind)
        cross join generate_series(0, 9) as n (positions)
    ) as n
    cross join lateral (
        select case when h.heads[26] is not null and not exists (
            select
            from catalog.default_value as d
            inner join catalog.element as e on e.release_id = d.release_id and e.element_id = d.element_id
            where d.release_id = compile_texts.release_id and d.value <> '' and not e.is_emitted
        ) then (
            select array_agg(e.weight order by n.element_id)
            from generate_subscripts(h.heads, 1) as n (element_id)
            left join catalog.element as e on e.release_id = compile_texts.release_id and e.element_id = n.element_id
        ) end as by_element
    ) as w
    cross join (
        select
            max(e.weight) filter (where e.error_code in (2, 3, 4, 5))
            + sum(greatest(e.weight, 0)) filter (where e.error_code not in (2, 3, 4, 5)) as weight
        from catalog.error_code as e
        where e.release_id = compile_texts.release_id
    ) as u
    left join catalog.error_code as e on e.release_id = r.release_id and e.error_code = 8
    where r.release_id = compile_texts.release_id;
    select p.* into phrase from catalog.phrase as p where p.release_id = compile_texts.release_id;

    update catalog.wmi
    set
        statements = concat(
            ',' || decoder.statement_json(
                phrase.heads[39], shown.type_name, wmi.vehicle_type_id::text, decoder.unopposed_confidence('VehType', 0), 'VehType'
            ),
            ',' || decoder.statement_json(
                phrase.heads[27], shown.manufacturer_name, wmi.manufacturer_id::text, phrase.maker_confidence, 'Manu. Name'
            )
        ),
        fields = concat(
            coalesce(decoder.field_json(27, shown.manufacturer_name), '"manufacturer":null'), ',',
            coalesce(decoder.field_json(39, shown.type_name), '"vehicleType":null')
        ),
        confidences = concat(
            case when shown.manufacturer_name <> '' then ',' || decoder.confidence_json(27, phrase.maker_confidence) end,
            case when shown.type_name <> '' then ',' || decoder.confidence_json(39, decoder.unopposed_confidence('VehType', 0)) end
        ),
        make_statement = ',' || decoder.statement_json(
            phrase.heads[26], shown.make_name, wmi.sole_make_id::text, phrase.maker_confidence, 'Make'
        ),
        make_field = coalesce(',' || decoder.field_json(26, shown.make_name), ',"make":null'),
        make_confidence = case when shown.make_name <> '' then ',' || decoder.confidence_json(26, phrase.maker_confidence) end,
        exceptions = array(
            select x.descriptor
            from catalog.vin_exception as x
            where x.release_id = compile_texts.release_id and vin.wmi(x.vin) = wmi.wmi
        )
    from (
        -- What has no variable is not shown, and neither is what has no name.
        select
            w.wmi,
            case when phrase.heads[39] is not null then nullif(w.vehicle_type_name, '') end as type_name,
            case when phrase.heads[27] is not null then nullif(w.manufacturer_name, '') end as manufacturer_name,
            case when phrase.heads[26] is not null then nullif(w.sole_make_name, '') end as make_name
        from catalog.wmi as w
        where w.release_id = compile_texts.release_id
    ) as shown
    where wmi.release_id = compile_texts.release_id and wmi.wmi = shown.wmi;

    with verdict as materialized (
        select v.body_traits, v.is_other_year, v.is_weak, v.codes, t.listed, t.told, w.weight
        from (
            select
                body.traits as body_traits, is_other_year, is_weak,
                array_remove(
                    array[
                        0, case when body.traits & (1 << 12) <> 0 then 9 end, case when body.traits & (1 << 13) <> 0 then 10 end,
                        case when is_other_year then 12 end, case when is_weak then 14 end
                    ],
                    null
                ) as codes
            -- Every sum of bits 12 and 13.
            from generate_series(0, 3 << 12, 1 << 12) as body (traits)
            cross join (values (false), (true)) as other_year (is_other_year)
            cross join (values (false), (true)) as weak (is_weak)
        ) as v
        cross join lateral decoder.error_text(compile_texts.release_id, v.codes, false) as t
        cross join lateral (
            select sum(e.weight) as weight
            from catalog.error_code as e
            where e.release_id = compile_texts.release_id and e.error_code = any(v.codes)
        ) as w
    )
    insert into catalog.verdict (release_id, traits, weight, errors, statements)
    select
        compile_texts.release_id,
        decoder.verdict_traits(
            v.body_traits | case when is_incomplete then 1 << 14 else 0 end, null, v.is_other_year, is_year_ambiguous, v.is_weak, used.positions
        ),
        v.weight, coalesce(v.listed, ''),
        nullif(
            concat_ws(
                ',', decoder.correction_json(phrase.heads[143], array_to_string(v.codes, ',')), decoder.correction_json(phrase.heads[191], v.told),
                decoder.correction_json(phrase.heads[156], nullif(btrim(concat(
                    'Unused position(s): ' || case when v.is_weak then decoder.unread_positions(used.positions) end || '.',
                    decoder.warnings(is_incomplete, is_year_ambiguous)
                )), ''))
            ),
            ''
        )
    from verdict as v
    cross join (values (false), (true)) as incomplete (is_incomplete)
    cross join (values (false), (true)) as ambiguous (is_year_ambiguous)
    -- Which positions are read makes a difference where error 14 is given.
    inner join generate_series(0, 2544) as used (positions)
        on used.positions & 2544 = used.positions and (v.is_weak or used.positions = 2544);

    update catalog.default_value
    set
        raw = decoder.statement_json(h.head, default_value.value, default_value.value_id, phrase.default_confidence, 'Default'),
        fields = decoder.field_json(e.element_id, default_value.value),
        confidences = decoder.confidence_json(e.element_id, phrase.default_confidence)
    from catalog.element as e
    cross join lateral (select decoder.statement_head(e.name, e.element_id) as head) as h
    where default_value.release_id = compile_texts.release_id
        and e.release_id = compile_texts.release_id
        and e.element_id = default_value.element_id
        and e.is_emitted
        and default_value.value <> '';

    insert into catalog.default_text (release_id, vehicle_type_id, elements, statements, fields, confidences, engine, engine_confidence)
    select
        compile_texts.release_id, d.vehicle_type_id, bit_or(set_bit(B'0'::bit(256), d.element_id, 1)),
        string_agg(',' || d.raw, '' order by d.element_id), coalesce(string_agg(',' || d.fields, '' order by d.element_id), ''),
        coalesce(string_agg(',' || d.confidences, '' order by d.element_id), ''),
        coalesce(
            decoder.engine_name(
                max(d.value) filter (where d.element_id = 13), max(d.value) filter (where d.element_id = 9),
                max(d.value) filter (where d.element_id = 64), max(d.value) filter (where d.element_id = 18)
            ),
            case when bool_or(d.element_id = 24 and d.value = 'Electric') then 'Electric' end
        ),
        case when bool_or(d.element_id in (13, 9, 64, 18)) then phrase.default_confidence end
    from catalog.default_value as d
    where d.release_id = compile_texts.release_id and d.raw is not null
    group by d.vehicle_type_id;

    with stated as materialized (
        select
            p.key_id,
            -- Elements of several values are not contested.
            coalesce(
                bit_or(set_bit(B'0'::bit(256), least(p.element_id, 255), 1)) filter (where p.element_id > 0 and p.slot <= 0),
                B'0'::bit(256)
            ) as elements,
            decoder.body_traits(max(p.value_id) filter (where p.element_id = 5)) as body_traits,
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
            p.key_id, p.element_id, p.value, e.group_rank, c.confidence, p.slot,
            decoder.statement_json(h.head, p.value, p.value_id, c.confidence, coalesce(p.source, 'Pattern')) as raw
        from catalog.pattern as p
        inner join stated as k on k.key_id = p.key_id and k.is_whole
        inner join staging.pattern_key as u on u.key_id = p.key_id
        inner join catalog.element as e on e.release_id = compile_texts.release_id and e.element_id = p.element_id and e.is_emitted
        cross join lateral (select decoder.statement_head(e.name, e.element_id) as head) as h
        cross join lateral (
            select decoder.unopposed_confidence('Pattern', u.used_positions) as confidence
        ) as c
        where p.release_id = compile_texts.release_id and p.value <> ''
    ),
    key_text as materialized (
        select
            k.key_id, k.elements, u.used_positions,
            -- Nothing and 0, not null: they are compared below.
            coalesce(string_agg(s.raw, ',' order by s.group_rank, s.element_id, s.value), '') collate "C" as raw,
            string_agg(decoder.field_json(s.element_id, s.value), ',' order by s.element_id) as fields,
            string_agg(decoder.confidence_json(s.element_id, s.confidence), ',' order by s.element_id) as confidences,
            max(s.value) filter (where s.element_id = 13) as displacement, max(s.value) filter (where s.element_id = 9) as cylinders,
            max(s.value) filter (where s.element_id = 64) as configuration, max(s.value) filter (where s.element_id = 18) as engine_model,
            max(s.value) filter (where s.element_id = 24) as fuel_type, bit_count(k.elements) as stated,
            min(s.confidence) filter (where s.element_id in (9, 13, 18, 64)) as engine_confidence,
            min(s.confidence) filter (where s.element_id = 28) as model_confidence,
            -- Elements of several values are shown as often as they are stated.
            case when max(s.slot) > 0 then k.key_id else 0 end as own_id
        from stated as k
        inner join staging.pattern_key as u on u.key_id = k.key_id
        -- A key may state nothing that is shown.
        left join statement as s on s.key_id = k.key_id
        where k.is_whole
        group by k.key_id, k.elements, u.used_positions
    ),
    -- The raw data says it all: keys with the same have the same fields. Those that read other positions have a text of their own,
    -- so that where a text comes twice it is the same twice.
    shared as materialized (
        select t.raw, t.elements, t.used_positions, t.own_id, min(t.key_id) as text_id
        from key_text as t
        group by t.raw, t.elements, t.used_positions, t.own_id
    ),
    written as (
        insert into catalog.key_text (
            release_id, text_id, raw, fields, confidences, displacement, cylinders, configuration, engine_model, fuel_type,
            stated, engine, engine_confidence, model_confidence
        )
        select
            compile_texts.release_id, t.key_id, nullif(t.raw, ''), t.fields, t.confidences, t.displacement, t.cylinders, t.configuration,
            t.engine_model, t.fuel_type, t.stated,
            decoder.engine_name(t.displacement, t.cylinders, t.configuration, t.engine_model), t.engine_confidence, t.model_confidence
        from key_text as t
        inner join shared as s on s.text_id = t.key_id
    )
    insert into catalog.pattern_key (
        release_id, key_id, schema_id, keys, symbols, used_positions, is_formula, elements, body_traits, spec_model_id, text_id, is_whole
    )
    select
        compile_texts.release_id, k.key_id, k.schema_id, k.keys, k.symbols, k.used_positions, k.is_formula, s.elements, s.body_traits,
        s.spec_model_id, h.text_id, coalesce(s.is_whole, true)
    from staging.pattern_key as k
    left join stated as s on s.key_id = k.key_id
    left join key_text as t on t.key_id = k.key_id
    left join shared as h
        on h.raw = t.raw and h.elements = t.elements and h.used_positions = t.used_positions and h.own_id = t.own_id
    -- One schema's keys lie on neighbouring pages.
    order by k.key_id;

    delete from staging.pattern_key;
    return (select count(*) from catalog.key_text as t where t.release_id = compile_texts.release_id);
end;
$$;
comment on function etl.compile_texts(int) is
    'Fills catalog.pattern_key, key_text and phrase of a release; returns the texts.';
