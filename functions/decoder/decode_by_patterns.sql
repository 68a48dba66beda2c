-- What decoder.decode_by_keys leaves out for a contest between keys or for an open model year, value by value, in one statement for
-- any number of VINs. Nothing is wrong with these VINs either, so that a confidence depends on no more than how many positions a
-- value rests on.
create or replace function decoder.decode_by_patterns(
    release_id int,
    vins text[],
    model_years int[],
    as_of timestamp,
    heads text[],
    confidences numeric[],
    weights int[]
)
    returns table (ordinal int, common text, is_common boolean, data_version text)
    language sql
    stable parallel safe
begin atomic
    select asked.ordinal, best.common, not best.looks_past_descriptor, phrase.data_version
    from decoder.take_apart(
        decode_by_patterns.release_id, decode_by_patterns.vins, decode_by_patterns.model_years, decode_by_patterns.as_of
    ) as asked
    cross join catalog.phrase as phrase
    -- Of two years with data, neither with an error, the weightier.
    cross join lateral (
        select
            decoder.compose(
                span.year, coalesce(told.shown | defaults.elements, told.shown, defaults.elements, B'0'::bit(256)),
                asked.fields, case when not told.has_model then asked.make_field end, told.fields, ',' || defaults.fields,
                asked.confidences, case when not told.has_model then asked.make_confidence end,
                told.confidences, ',' || defaults.confidences,
                asked.statements, case when not told.has_model then asked.make_statement end,
                told.statements, ',' || defaults.statements,
                coalesce(
                    decoder.engine_name(
                        least(told.displacement, defaults.displacement), least(told.cylinders, defaults.cylinders),
                        least(told.configuration, defaults.configuration), least(told.engine_model, defaults.engine_model)
                    ),
                    case when least(told.fuel_type, defaults.fuel_type) = 'Electric' then 'Electric' end
                ),
                least(told.engine_confidence, defaults.engine_confidence),
                least(
                    told.confidence, case when span.is_open then phrase.open_year_confidence else phrase.year_confidence end,
                    case when not told.has_model and asked.make_statement is not null then phrase.maker_confidence end
                ),
                case when span.is_open then phrase.open_year_confidence else phrase.year_confidence end,
                format(case when span.is_open then phrase.open_year_statement else phrase.year_statement end, span.year),
                verdict.errors, verdict.statements, format(phrase.descriptor_statement, asked.descriptor), phrase.data_version
            ) as common,
            span.looks_past_descriptor, span.spans, count(*) over () as answered,
            min(verdict.weight) over () = max(verdict.weight) over () as is_even
        from (
            -- The span of years that has data, or of each candidate its own, but for one that does not know the VIN's characters: its
            -- errors are heavier. When one holds both candidates, they decode alike: the caller's counts, else the later.
            select
                s.schema_ids, s.link_years, s.has_formula, s.spans, s.spans_with_data, s.looks_past_descriptor,
                case
                    when asked.model_year between s.year_from and s.year_to and asked.model_year in (asked.year, asked.other_year)
                        then asked.model_year
                    when asked.year between s.year_from and s.year_to then asked.year
                    else asked.other_year
                end as year,
                asked.other_year is not null
                    and (s.spans = 2 or asked.year <= s.year_to and asked.other_year >= s.year_from)
                    and (asked.model_year in (asked.year, asked.other_year)) is not true as is_open
            from (
                select
                    s.schema_ids, s.link_years, s.has_formula, s.year_from, s.year_to,
                    (s.known_symbols & asked.symbols) = asked.symbols as is_known,
                    count(*) filter (where (s.known_symbols & asked.symbols) = asked.symbols) over () as spans,
                    count(*) over () as spans_with_data,
                    bool_or(s.looks_past_descriptor) over () as looks_past_descriptor
                from catalog.segment as s
                where s.release_id = decode_by_patterns.release_id and s.wmi_id = asked.wmi_id
                    and (asked.year between s.year_from and s.year_to or asked.other_year between s.year_from and s.year_to)
                offset 0
            ) as s
            where s.is_known
            offset 0
        ) as span
        cross join lateral (
            select
                string_agg(
                    decode_by_patterns.heads[p.element_id] || to_json(p.value)::text
                        || ',"ValueId":' || coalesce(to_json(p.value_id)::text, 'null')
                        || ',"confidence":' || p.confidence || ',"source":"' || p.source || '"}',
                    ','
                ) filter (where p.is_shown) as statements,
                string_agg(decoder.field_json(p.element_id, p.value), ',') filter (where p.is_shown) as fields,
                string_agg(decoder.confidence_json(p.element_id, p.confidence), ',') filter (where p.is_shown) as confidences,
                bit_or(set_bit(B'0'::bit(256), p.element_id, 1)) filter (where p.element_id between 1 and 255) as stated,
                bit_or(set_bit(B'0'::bit(256), p.element_id, 1)) filter (where p.is_shown and p.element_id < 256) as shown,
                bit_or(p.used_positions) as used_positions,
                coalesce(bit_or(p.used_positions) & 2544 <> 2544, true) or bool_or(p.element_id = 28) is not true as is_weak,
                bool_or(p.element_id = 28) is true as has_model,
                decoder.body_traits(max(p.value_id) filter (where p.element_id = 5)) as body_traits,
                min(p.value) filter (where p.is_shown and p.element_id = 13) as displacement,
                min(p.value) filter (where p.is_shown and p.element_id = 9) as cylinders,
                min(p.value) filter (where p.is_shown and p.element_id = 64) as configuration,
                min(p.value) filter (where p.is_shown and p.element_id = 18) as engine_model,
                min(p.value) filter (where p.is_shown and p.element_id = 24) as fuel_type,
                min(p.confidence) filter (where p.is_shown and p.element_id in (13, 9, 64, 18)) as engine_confidence,
                min(p.confidence) filter (where p.is_shown and p.element_id in (26, 28)) as confidence,
                max(p.value_id) filter (where p.element_id = 28) as model_id,
                -- As decoder.weigh_pass does.
                sum(decode_by_patterns.weights[p.element_id])
                    filter (where p.value <> '' or p.source in ('Pattern', 'EngineModelPattern', 'Vehicle Specs')) as weight,
                nullif(
                    count(*) filter (
                        where p.element_id > 0 and p.source in ('Pattern', 'EngineModelPattern')
                            or p.source = 'Formula Pattern' and p.value not in ('', 'Not Applicable')
                    ),
                    0
                ) as patterns,
                -- No make that is not its model's, a displacement in all units or none.
                bool_or(p.element_id in (26, 28) and p.source in ('EngineModelPattern', 'Formula Pattern')) is not true
                    and max(p.pattern_id) filter (where p.element_id = 26)
                        is not distinct from max(p.pattern_id) filter (where p.element_id = 28)
                    and count(*) filter (where p.element_id = 26) <= 1
                    and count(*) filter (where p.element_id in (11, 12, 13)) in (0, 3) as is_clear,
                count(*) > 0 as has_pattern
            from (
                select
                    m.element_id, m.value, m.value_id, m.source, m.pattern_id, m.used_positions,
                    m.value <> '' and decode_by_patterns.heads[m.element_id] is not null as is_shown,
                    decode_by_patterns.confidences[
                        case
                            when span.is_open and m.used_positions <> 0 then 21
                            when m.is_disputed then 11
                            else 1
                        -- Those that the model counts: 4 to 8 and 11 to 14.
                        end + bit_count((m.used_positions & 31216)::bit(16))::int
                    ] as confidence
                from (
                    select
                        array_agg(m) as items,
                        span.has_formula or bool_or(m.element_id = -18 and m.value is not null) as is_incomplete
                    from decoder.match_patterns(decode_by_patterns.release_id, span.schema_ids, span.link_years, asked.symbols) as m
                ) as matched
                cross join lateral unnest(
                    case
                        when matched.is_incomplete then decoder.complete_items(
                            decode_by_patterns.release_id, matched.items, span.schema_ids,
                            case when span.has_formula then vin.key_image(decode_by_patterns.vins[asked.ordinal]) end
                        )
                        else matched.items
                    end
                ) as m
                offset 0
            ) as p
            offset 0
        ) as told
        inner join catalog.verdict as verdict
            on verdict.release_id = decode_by_patterns.release_id
            and verdict.traits = decoder.verdict_traits(
                told.body_traits, asked.vehicle_type_id, asked.model_year <> span.year, asked.other_year is not null,
                told.is_weak, told.used_positions
            )
        cross join lateral (
            select
                string_agg(d.raw, ',') as statements, string_agg(d.fields, ',') as fields, string_agg(d.confidences, ',') as confidences,
                bit_or(set_bit(B'0'::bit(256), d.element_id, 1)) as elements, sum(decode_by_patterns.weights[d.element_id]) as weight,
                min(d.value) filter (where d.element_id = 13) as displacement, min(d.value) filter (where d.element_id = 9) as cylinders,
                min(d.value) filter (where d.element_id = 64) as configuration,
                min(d.value) filter (where d.element_id = 18) as engine_model,
                min(d.value) filter (where d.element_id = 24) as fuel_type,
                case when bool_or(d.element_id in (13, 9, 64, 18)) then phrase.default_confidence end as engine_confidence,
                bool_or(d.element_id = 5) as has_body_class
            from catalog.default_value as d
            where d.release_id = decode_by_patterns.release_id
                and d.vehicle_type_id = asked.vehicle_type_id
                and get_bit(coalesce(told.stated, B'0'::bit(256)), d.element_id) = 0
                and d.raw is not null
            offset 0
        ) as defaults
        where told.has_pattern
            and told.is_clear
            and case
                when told.model_id ~ '^\d{1,9}$' then
                    not decoder.has_specs(
                        decode_by_patterns.release_id, asked.make_ids, asked.vehicle_type_id, told.model_id::int, span.year
                    )
                    and not (
                        span.is_open
                        and decoder.has_specs(
                            decode_by_patterns.release_id, asked.make_ids, asked.vehicle_type_id, told.model_id::int, asked.other_year
                        )
                    )
                else true
            end
            and defaults.has_body_class is not true
            -- The other year has no data, decodes alike, does not know a character or weighs as much.
            and (asked.other_year is null or verdict.weight > phrase.no_data_weight)
            and (span.spans = span.spans_with_data or verdict.weight > phrase.unknown_symbol_weight)
            -- An open year, as decoder.best_pass has it.
            and (span.spans = 1 or span.is_open and verdict.weight > -1000 and decode_by_patterns.weights is not null)
        order by
            coalesce(told.weight, 0) + coalesce(defaults.weight, 0)
            + case
                when not told.has_model and asked.make_statement is not null then decode_by_patterns.weights[26]
                else 0
            end desc,
            told.patterns desc nulls first,
            span.year desc
        limit 1
    ) as best
    where phrase.release_id = decode_by_patterns.release_id
        -- A source without that variable: there is no first object that the others follow with a comma.
        and phrase.year_statement is not null
        and best.answered = best.spans
        and best.is_even
        -- With another year of its own the caller has a say.
        and (asked.is_decided or asked.model_year in (asked.year, asked.other_year));
end;
comment on function decoder.decode_by_patterns(int, text[], int[], timestamp, text[], numeric[], int[]) is
    'As decoder.decode_by_keys, of VINs with data for one span of model years, or for two whose errors weigh the same. heads, confidences, weights: heads, pattern_confidences and element_weights of catalog.phrase, as variables of PL/pgSQL: in a column it takes a walk to find an element.';
