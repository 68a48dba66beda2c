create or replace function decoder.correction_json(head text, value text)
    returns text
    language sql
    stable parallel safe
    return decoder.statement_json(head, nullif(decoder.clean_value(value), ''), value, 1, 'Corrections');
comment on function decoder.correction_json(text, text) is
    'One object of rawData that says something about the VIN itself; null when there is nothing to say.';
