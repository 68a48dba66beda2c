-- A formula of the source is data: it is read as "#x# operator number" and computed here, never executed. What NHTSA's
-- engine cannot evaluate becomes 0 there, so it becomes 0 here.
create or replace function decoder.convert_unit(formula text, value_id text)
    returns text
    language sql
    immutable strict parallel safe
    return (
        case
            when value_id !~ '^\s*[+-]?\d{1,18}(\.\d{0,18})?\s*$' or formula !~ '^\s*#x#\s*[*/]\s*\d{1,18}(\.\d{0,18})?\s*$' then '0'
            when formula like '%*%' then (value_id::numeric * substring(formula from '([\d.]+)\s*$')::numeric)::text
            when substring(formula from '([\d.]+)\s*$')::numeric = 0 then '0'
            else (value_id::numeric / substring(formula from '([\d.]+)\s*$')::numeric)::text
        end
    );
comment on function decoder.convert_unit(text, text) is
    'The text of a displacement converted by a formula such as "#x# / 1000."; 0 when either cannot be read.';
