create or replace function decoder.confidence_json(element_id int, confidence numeric)
    returns text
    language sql
    immutable parallel safe
    return ('"' || decoder.field_name(element_id) || '":' || confidence::text);
comment on function decoder.confidence_json(int, numeric) is
    'A member of fieldConfidence; null for an element that has no field.';
