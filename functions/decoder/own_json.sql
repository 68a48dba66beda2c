create or replace function decoder.own_json(vin text, is_valid boolean, expected_digit text)
    returns text
    language sql
    stable parallel safe
    return (
        '{"vin":' || to_json(vin)::text || ',"checkDigit":{"valid":' || is_valid::text
        || ',"expected":' || coalesce('"' || expected_digit || '"', 'null')
        || ',"actual":' || coalesce(to_json(nullif(substr(vin, 9, 1), ''))::text, 'null') || '},'
    );
comment on function decoder.own_json(text, boolean, text) is
    'The beginning of a decode object: what is the VIN''s own. is_valid: whether its check digit is right.';
