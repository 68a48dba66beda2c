-- PL/pgSQL, like its caller: asked some hundred times for a doubtful VIN, and a SQL function is planned at every call.
create or replace function decoder.look_alikes(symbol text)
    returns text
    language plpgsql
    immutable strict parallel safe
as $$
begin
    return
        case symbol
            when '0' then 'D' when '1' then '7L' when '2' then 'Z' when '3' then '8' when '4' then 'A' when '5' then 'S'
            when '6' then 'G' when '7' then '1T' when '8' then 'B3' when 'A' then '4' when 'B' then '8' when 'C' then 'G'
            when 'D' then '0' when 'E' then 'F' when 'F' then 'E' when 'G' then '6C' when 'H' then 'N' when 'K' then 'X'
            when 'L' then '1' when 'M' then 'N' when 'N' then 'MH' when 'P' then 'R' when 'R' then 'P' when 'S' then '5'
            when 'T' then '7' when 'U' then 'V' when 'V' then 'UYW' when 'W' then 'V' when 'X' then 'K' when 'Y' then 'V'
            when 'Z' then '2' else ''
        end;
end;
$$;
comment on function decoder.look_alikes(text) is 'Characters of a VIN that are easily read or typed for this one.';
