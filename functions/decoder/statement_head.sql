create or replace function decoder.statement_head(variable text, element_id int)
    returns text
    language sql
    stable parallel safe
    return ('{"Variable":' || to_json(variable)::text || ',"VariableId":' || element_id::text || ',"Value":');
comment on function decoder.statement_head(text, int) is 'The beginning of an object of rawData, up to its value.';
