create or replace function decoder.describe_vin(
    release_id int,
    vin text,
    model_year int,
    as_of timestamp,
    out own text,
    out common text,
    out is_common boolean,
    out data_version text
)
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    pass decoder.pass := decoder.decode(release_id, vin, model_year, as_of);
    v decoder.description := decoder.describe_items(release_id, pass);
    heads text[];
    engine text;
    error constant record := decoder.error_text(release_id, pass.codes, pass.is_exception);
    additional_text constant text := decoder.additional_error_text(release_id, pass);
    codes constant text := array_to_string(pass.codes, ',');
    descriptor constant text := vin.descriptor(pass.vin);
    expected_digit constant text := case when pass.is_common then substr(pass.vin, 9, 1) else vin.check_digit(pass.vin) end;
    has_right_digit constant boolean := not pass.codes && array[1, 6, 400] and expected_digit is not null;
begin
    select r.data_version, coalesce(p.common_heads, decoder.common_heads(decoder.statement_heads(release_id)))
    into data_version, heads
    from catalog.release as r
    left join catalog.phrase as p on p.release_id = release_id
    where r.release_id = release_id;
    v.elements := coalesce(v.elements, B'0'::bit(256));
    engine := coalesce(
        decoder.engine_name(v.displacement, v.cylinders, v.configuration, v.engine_model),
        case when v.fuel_type = 'Electric' then v.fuel_type end
    );
    own := decoder.own_json(pass.vin, has_right_digit, expected_digit);
    common := '"valid":'
        -- Nothing says that it is mistyped; an unknown maker or a gap in the data does not make a VIN invalid.
        || (not pass.codes && array[1, 2, 3, 4, 5, 6, 11, 400])
        || coalesce(',' || nullif(v.fields, ''), '')
        || case when get_bit(v.elements, 26) = 0 then ',"make":null' else '' end
        || case when get_bit(v.elements, 28) = 0 then ',"model":null' else '' end
        || case when get_bit(v.elements, 29) = 0 then ',"year":null' else '' end
        || case when get_bit(v.elements, 38) = 0 then ',"trim":null' else '' end
        || case when get_bit(v.elements, 34) = 0 then ',"series":null' else '' end
        || case when get_bit(v.elements, 5) = 0 then ',"bodyType":null' else '' end
        || case when get_bit(v.elements, 37) = 0 then ',"transmission":null' else '' end
        || case when get_bit(v.elements, 24) = 0 then ',"fuelType":null' else '' end
        || case when get_bit(v.elements, 15) = 0 then ',"driveType":null' else '' end
        || case when get_bit(v.elements, 27) = 0 then ',"manufacturer":null' else '' end
        || case when get_bit(v.elements, 39) = 0 then ',"vehicleType":null' else '' end
        || case when get_bit(v.elements, 75) = 0 then ',"plantCountry":null' else '' end
        || ',"engineType":' || coalesce(to_json(engine)::text, 'null')
        || ',"confidence":' || coalesce(
            trim_scale(round(
                v.confidence * case
                    when get_bit(v.elements, 28) = 1 or pass.codes <@ array[0, 9, 10, 12, 14] then 1
                    else decoder.model_constant('no model')::numeric
                end,
                4
            )),
            0
        )
        || ',"fieldConfidence":{' || concat_ws(',', nullif(v.confidences, ''), '"engineType":' || v.engine_confidence)
        || '},"errors":[' || coalesce(error.listed, '')
        || '],"suggestedVin":' || coalesce(to_json(nullif(pass.suggested_vin, ''))::text, 'null')
        || ',"rawData":[' || concat_ws(
            ',',
            v.raw,
            decoder.correction_json(heads[5], pass.suggested_vin),
            decoder.correction_json(heads[6], codes),
            decoder.correction_json(heads[7], pass.possible_values),
            decoder.correction_json(heads[8], additional_text),
            decoder.correction_json(heads[9], error.told),
            decoder.correction_json(heads[10], descriptor)
        )
        || '],"dataVersion":' || to_json(data_version)::text || '}';
    is_common := pass.is_common;
end;
$$;
comment on function decoder.describe_vin(int, text, int, timestamp) is
    'decoder.decode_document of any VIN, value by value: what decoder.decode_by_keys leaves out.';
