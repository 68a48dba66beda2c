-- NHTSA derives this set by other rules than it matches by: I, O and Q count only when they are listed one by one.
create or replace function decoder.token_characters(token text)
    returns text
    language sql
    immutable strict parallel safe
    return (
        case
            when token = '*' then ''
            when token = '#' then '0123456789'
            when token ~ '^\[.*-.*\]$' then translate(decoder.class_characters(token), 'IOQ|#_', '')
            when token like '[%' then translate(token, '[]*|', '')
            else token
        end
    );
comment on function decoder.token_characters(text) is
    'Characters that a position of a key makes valid in a VIN; empty for a wildcard; null for a malformed class.';
