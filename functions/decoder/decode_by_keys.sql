-- The way that most VINs take: their answer is put together from texts that the rebuild compiled, in one statement for any number
-- of VINs. It answers where nothing has to be weighed: nothing is wrong with the VIN, each key that matches stands whole, none
-- contests another, and of two model years one has fewer errors. What it leaves out, decoder.describe_vin answers; where both
-- answer, they say the same.
-- Inlined into the callers' statements, which plan it generically. To make ready each of its expressions takes longer than to
-- run it: what could be compiled is. "offset 0" keeps the planner from computing a value anew wherever it is used.
create or replace function decoder.decode_by_keys(release_id int, vins text[], model_years int[], as_of timestamp)
    returns table (ordinal int, common text, is_common boolean, data_version text)
    language sql
    stable parallel safe
begin atomic
    select
        asked.ordinal,
        decoder.compose(
            best.year, coalesce(best.elements | defaults.elements, best.elements),
            -- A model brings its make along; without one it is the maker's, if that has only one.
            asked.fields, case when not best.has_model then asked.make_field end, told.fields, defaults.fields,
            asked.confidences, case when not best.has_model then asked.make_confidence end, told.confidences, defaults.confidences,
            asked.statements, case when not best.has_model then asked.make_statement end, told.statements, defaults.statements,
            coalesce(told.engine, defaults.engine), least(told.engine_confidence, defaults.engine_confidence),
            least(
                told.model_confidence, phrase.year_confidence,
                case when not best.has_model and asked.make_statement is not null then phrase.maker_confidence end
            ),
            phrase.year_confidence, format(phrase.year_statement, best.year), best.errors, best.statements,
            format(phrase.descriptor_statement, asked.descriptor), phrase.data_version
        ),
        not best.looks_past_descriptor,
        phrase.data_version
    from decoder.take_apart(decode_by_keys.release_id, decode_by_keys.vins, decode_by_keys.model_years, decode_by_keys.as_of) as asked
    cross join catalog.phrase as phrase
    -- The year that has data, or the better of two that have.
    cross join lateral (
        select
            p.year, p.text_ids, p.elements, p.stated, p.has_model, verdict.weight, verdict.errors, verdict.statements,
            bool_and(p.is_clear) over w as is_clear,
            bool_or(p.looks_past_descriptor) over w as looks_past_descriptor,
            -- Of the other year; without data it has error 8, and 12 would only make it heavier.
            coalesce(lead(verdict.weight) over w, phrase.no_data_weight) as other_weight
        from (
            select
                case when segment.year_to >= asked.year then asked.year else asked.other_year end as year, segment.looks_past_descriptor,
                k.text_ids, k.elements, k.stated, k.used_positions, k.body_traits,
                coalesce(get_bit(k.elements, 28) = 1, false) as has_model,
                -- Bits 4-8 and 11.
                k.used_positions & 2544 <> 2544 or get_bit(k.elements, 28) = 0 as is_weak,
                k.is_whole
                    and not segment.has_formula
                    and (segment.known_symbols & asked.symbols) = asked.symbols
                    and (
                        asked.other_year is null
                        -- One span for both, or a contest, and the choice between the years takes more than errors.
                        or bit_count(k.elements) = k.stated and (segment.year_from > asked.other_year or segment.year_to < asked.year)
                    )
                    and (
                        k.spec_model_id is null
                        or not decoder.has_specs(
                            decode_by_keys.release_id, asked.make_ids, asked.vehicle_type_id, k.spec_model_id,
                            case when segment.year_to >= asked.year then asked.year else asked.other_year end
                        )
                    ) as is_clear
            from catalog.segment as segment
            cross join lateral (
                select
                    array_agg(k.text_id) as text_ids, bit_or(k.elements) as elements, sum(bit_count(k.elements)) as stated,
                    bool_and(k.is_whole) as is_whole, bit_or(k.used_positions) as used_positions,
                    max(k.body_traits) as body_traits, max(k.spec_model_id) as spec_model_id
                from unnest(segment.schema_ids) as link (schema_id)
                inner join catalog.pattern_key as k
                    on k.release_id = decode_by_keys.release_id
                    and k.schema_id = link.schema_id
                    and (k.symbols & asked.symbols) = asked.symbols
                where k.elements is not null
            ) as k
            where segment.release_id = decode_by_keys.release_id and segment.wmi_id = asked.wmi_id
                and (asked.year between segment.year_from and segment.year_to or asked.other_year between segment.year_from and segment.year_to)
            offset 0
        ) as p
        left join catalog.verdict as verdict
            on verdict.release_id = decode_by_keys.release_id
            and verdict.traits = decoder.verdict_traits(
                p.body_traits, asked.vehicle_type_id, asked.model_year <> p.year, asked.other_year is not null, p.is_weak, p.used_positions
            )
        window w as (order by verdict.weight desc nulls first rows between unbounded preceding and unbounded following)
        limit 1
    ) as best
    cross join lateral (
        select
            string_agg(t.raw, ',') as statements, string_agg(t.fields, ',') as fields, string_agg(t.confidences, ',') as confidences,
            coalesce(
                case
                    when count(t.engine_confidence) = 0 then null
                    when count(t.engine_confidence) = 1 and max(t.engine) is not null then max(t.engine)
                    else decoder.engine_name(max(t.displacement), max(t.cylinders), max(t.configuration), max(t.engine_model))
                end,
                case when bool_or(t.fuel_type = 'Electric') then 'Electric' end
            ) as engine,
            min(t.engine_confidence) as engine_confidence, min(t.model_confidence) as model_confidence,
            -- Two schemas often know the plant: the same text twice is no contest, and comes once.
            sum(t.stated) as stated
        from catalog.key_text as t
        where t.release_id = decode_by_keys.release_id and t.text_id = any(best.text_ids)
        offset 0
    ) as told
    left join catalog.default_text as defaults
        on defaults.release_id = decode_by_keys.release_id and defaults.vehicle_type_id = asked.vehicle_type_id
    where phrase.release_id = decode_by_keys.release_id
        -- A source without that variable: there is no first object that the others follow with a comma.
        and phrase.year_statement is not null
        -- A default that is stated is none, and parts of an engine name it together.
        and (
            defaults.elements is null
            or bit_count(best.elements & defaults.elements) = 0 and (told.engine_confidence is null or defaults.engine_confidence is null)
        )
        and best.is_clear
        -- As many elements as are stated: none twice.
        and bit_count(best.elements) = told.stated
        -- With another year of its own the caller has a say.
        and (asked.is_decided or asked.model_year in (asked.year, asked.other_year))
        -- Neither year is lighter: what they decode to decides.
        and best.errors is not null
        and (asked.other_year is null or best.other_weight < best.weight);
end;
comment on function decoder.decode_by_keys(int, text[], int[], timestamp) is
    'The common part of the decode objects of many VINs by their number in the list, of those that matching keys answer as they are. vins: regular ones (decoder.is_regular) or null; model_years: the caller''s, null for none, may be shorter. is_common: the same for every regular VIN of the descriptor.';
