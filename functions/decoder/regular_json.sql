create or replace function decoder.regular_json(vin text)
    returns text
    language sql
    immutable parallel safe
    return (
        '{"vin":"' || vin || '","checkDigit":{"valid":true,"expected":"' || substr(vin, 9, 1) || '","actual":"' || substr(vin, 9, 1) || '"},'
    );
comment on function decoder.regular_json(text) is 'decoder.own_json of a regular VIN (decoder.is_regular).';
