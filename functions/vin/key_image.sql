create or replace function vin.key_image(vin text)
    returns text
    language sql
    immutable parallel safe
    return (case when length(vin) > 9 then substr(vin, 4, 5) || '|' || substr(vin, 10, 8) else substr(vin, 4, 5) end);
comment on function vin.key_image(text) is
    'The part of a VIN that pattern keys describe: positions 4-8 and, after a |, 10-17.';
