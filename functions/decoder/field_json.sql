create or replace function decoder.field_json(element_id int, value text)
    returns text
    language sql
    stable parallel safe
    return (
        '"' || decoder.field_name(element_id) || '":'
        || case when element_id = 29 then value else to_json(value)::text end
    );
comment on function decoder.field_json(int, text) is 'A field of a decode object as a JSON member; null for an element that has none.';
