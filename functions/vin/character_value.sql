create or replace function vin.character_value(symbol text)
    returns int
    language sql
    immutable strict parallel safe
    return ascii(translate(symbol, 'ABCDEFGHJKLMNPRSTUVWXYZ', '12345678123457923456789')) - 48;
comment on function vin.character_value(text) is 'Value 0-9 of a VIN character in the check digit''s sum; 49 CFR 565.15 table III.';
