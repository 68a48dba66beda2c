-- Of one call most is making ready what the expression consists of, hence no chain of concatenations.
create or replace function decoder.regular_json(vin text)
    returns text
    language sql
    immutable parallel safe
    return replace(
        replace('{"vin":"$","checkDigit":{"valid":true,"expected":"#","actual":"#"},', '#', substr(vin, 9, 1)), '$', vin
    );
comment on function decoder.regular_json(text) is 'decoder.own_json of a regular VIN (decoder.is_regular).';
