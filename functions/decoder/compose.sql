-- JSON as text, in one expression that is inlined. Whatever is null is left out.
create or replace function decoder.compose(
    year int,
    other_year int,
    vehicle_type_id int,
    body_class text,
    used_positions int,
    is_weak boolean,
    elements bit,
    fields text,
    confidences text,
    statements text,
    engine text,
    engine_confidence numeric,
    confidence numeric,
    year_confidence numeric,
    year_statement text,
    errors text,
    error_statements text,
    common_heads text[],
    descriptor_statement text,
    data_version text
)
    returns text
    language sql
    stable parallel safe
    return concat(
        '"valid":true,"year":', year, ',', fields,
        case when get_bit(elements, 28) = 0 then ',"model":null' end,
        case when get_bit(elements, 38) = 0 then ',"trim":null' end,
        case when get_bit(elements, 34) = 0 then ',"series":null' end,
        case when get_bit(elements, 5) = 0 then ',"bodyType":null' end,
        case when get_bit(elements, 37) = 0 then ',"transmission":null' end,
        case when get_bit(elements, 24) = 0 then ',"fuelType":null' end,
        case when get_bit(elements, 15) = 0 then ',"driveType":null' end,
        case when get_bit(elements, 75) = 0 then ',"plantCountry":null' end,
        ',"engineType":', coalesce(to_json(engine)::text, 'null'),
        ',"confidence":', confidence,
        ',"fieldConfidence":{"year":', year_confidence, confidences, ',"engineType":' || engine_confidence,
        '},"errors":[', errors,
        '],"suggestedVin":null,"rawData":[', year_statement, statements, ',' || error_statements,
        ',' || decoder.correction_json(common_heads[8], nullif(btrim(concat(
            'Unused position(s): ' || case when is_weak then decoder.unread_positions(used_positions) end || '.',
            decoder.warnings(vehicle_type_id, body_class, other_year is not null)
        )), '')),
        ',' || descriptor_statement,
        '],"dataVersion":', to_json(data_version), '}'
    );
comment on function decoder.compose(
    int, int, int, text, int, boolean, bit, text, text, text, text, numeric, numeric, numeric, text, text, text, text[], text, text
) is 'The common part of the decode object of a VIN that nothing is wrong with. fields, confidences, statements: of all values but the year, the latter two with a comma in front; elements: bit e is set when element e has a value; is_weak: error 14.';
