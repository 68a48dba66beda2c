-- Nothing is looked at but the keys' own texts: the other half of what etl.compile_texts prepares.
create or replace function decoder.describe_keys(release_id int, pass decoder.pass, wmi catalog.wmi, heads text[])
    returns decoder.description
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    described decoder.description;
    year constant text := pass.year::text;
    stated constant bit(256) := coalesce(pass.elements, B'0'::bit(256));
    -- Of values that rest on no key.
    wmi_confidence constant numeric := decoder.shown_confidence(
        decoder.element_confidence(decoder.undetected_doubts(), 'Make', 0, decoder.model_constant('unknown share'), false, false)
    );
    type_confidence constant numeric := decoder.shown_confidence(
        decoder.element_confidence(decoder.undetected_doubts(), 'VehType', 0, decoder.model_constant('unknown share'), false, false)
    );
    year_confidence constant numeric := decoder.shown_confidence(
        decoder.element_confidence(decoder.undetected_doubts(), 'ModelYear', 0, decoder.model_constant('unknown share'), false, false)
    );
    default_confidence constant numeric := decoder.shown_confidence(
        decoder.element_confidence(decoder.undetected_doubts(), 'Default', 0, decoder.model_constant('unknown share'), false, false)
    );
    make_name constant text := case when get_bit(stated, 28) = 0 then nullif(wmi.sole_make_name, '') end;
    type_name constant text := nullif(wmi.vehicle_type_name, '');
    manufacturer constant text := nullif(wmi.manufacturer_name, '');
    defaults record;
begin
    select
        string_agg(d.raw, ',') as raw, string_agg(d.fields, ',') as fields, string_agg(d.confidences, ',') as confidences,
        bit_or(set_bit(B'0'::bit(256), d.element_id, 1)) as elements, max(d.value) filter (where d.element_id = 13) as displacement,
        max(d.value) filter (where d.element_id = 9) as cylinders, max(d.value) filter (where d.element_id = 64) as configuration,
        max(d.value) filter (where d.element_id = 18) as engine_model, max(d.value) filter (where d.element_id = 24) as fuel_type
    into defaults
    from catalog.default_value as d
    where d.release_id = release_id and d.vehicle_type_id = pass.vehicle_type_id and get_bit(stated, d.element_id) = 0 and d.raw is not null;
    select
        concat_ws(
            ',',
            decoder.statement_json(heads[4], type_name, wmi.vehicle_type_id::text, type_confidence, 'VehType'),
            decoder.statement_json(heads[2], manufacturer, wmi.manufacturer_id::text, wmi_confidence, 'Manu. Name'),
            decoder.statement_json(heads[1], make_name, wmi.sole_make_id::text, wmi_confidence, 'Make'),
            decoder.statement_json(heads[3], year, year, year_confidence, 'ModelYear'),
            string_agg(t.raw, ','), defaults.raw
        ),
        concat_ws(
            ',', decoder.field_json(26, make_name), decoder.field_json(29, year), string_agg(t.fields, ','),
            decoder.field_json(27, manufacturer), decoder.field_json(39, type_name), defaults.fields
        ),
        concat_ws(
            ',',
            case when make_name is not null then decoder.confidence_json(26, wmi_confidence) end,
            case when year is not null then decoder.confidence_json(29, year_confidence) end,
            string_agg(t.confidences, ','),
            case when manufacturer is not null then decoder.confidence_json(27, wmi_confidence) end,
            case when type_name is not null then decoder.confidence_json(39, type_confidence) end,
            defaults.confidences
        ),
        stated,
        coalesce(max(t.displacement), defaults.displacement), coalesce(max(t.cylinders), defaults.cylinders),
        coalesce(max(t.configuration), defaults.configuration), coalesce(max(t.engine_model), defaults.engine_model),
        coalesce(max(t.fuel_type), defaults.fuel_type),
        least(
            min(t.confidence) filter (
                where coalesce(t.displacement, t.cylinders, t.configuration, t.engine_model) is not null
            ),
            case
                when coalesce(defaults.displacement, defaults.cylinders, defaults.configuration, defaults.engine_model) is not null
                    then default_confidence
            end
        ),
        least(
            min(t.confidence) filter (where t.fields like '%"model":%'), case when make_name is not null then wmi_confidence end,
            case when year is not null then year_confidence end
        )
    into described
    from catalog.key_text as t
    where t.release_id = release_id and t.text_id = any(pass.text_ids);
    described.elements := stated | coalesce(defaults.elements, B'0'::bit(256))
        | case when make_name is not null then set_bit(B'0'::bit(256), 26, 1) else B'0'::bit(256) end
        | case when year is not null then set_bit(B'0'::bit(256), 29, 1) else B'0'::bit(256) end
        | case when manufacturer is not null then set_bit(B'0'::bit(256), 27, 1) else B'0'::bit(256) end
        | case when type_name is not null then set_bit(B'0'::bit(256), 39, 1) else B'0'::bit(256) end;
    return described;
end;
$$;
comment on function decoder.describe_keys(int, decoder.pass, catalog.wmi, text[]) is
    'Describes a VIN that nothing speaks against by the texts of its keys (text_ids of decoder.decode). heads: decoder.common_heads.';
