-- JSON as text, in one expression that is inlined. Whatever is null is left out.
create or replace function decoder.compose(
    year int,
    elements bit,
    maker_fields text,
    make_field text,
    fields text,
    default_fields text,
    maker_confidences text,
    make_confidence text,
    confidences text,
    default_confidences text,
    maker_statements text,
    make_statement text,
    statements text,
    default_statements text,
    engine text,
    engine_confidence numeric,
    confidence numeric,
    year_confidence numeric,
    year_statement text,
    errors text,
    error_statements text,
    descriptor_statement text,
    data_version text
)
    returns text
    language sql
    stable parallel safe
    return concat(
        '"valid":true,"year":', year, ',', maker_fields, make_field, ',' || fields, default_fields,
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
        ',"fieldConfidence":{"year":', year_confidence, maker_confidences, make_confidence, ',' || confidences, default_confidences,
        ',"engineType":' || engine_confidence,
        '},"errors":[', errors,
        '],"suggestedVin":null,"rawData":[', year_statement, maker_statements, make_statement, ',' || statements, default_statements,
        ',' || error_statements,
        ',' || descriptor_statement,
        '],"dataVersion":', to_json(data_version), '}'
    );
comment on function decoder.compose(
    int, bit, text, text, text, text, text, text, text, text, text, text, text, text, text, numeric, numeric, numeric, text, text, text, text, text
) is 'The common part of the decode object of a VIN that nothing is wrong with. elements: bit e is set when element e has a value. Members of the object and of fieldConfidence, and rawData objects: those of the maker, of the maker''s sole make for want of a model, of what keys state, and of defaults; all but what keys state, and maker_fields, with a comma in front.';
