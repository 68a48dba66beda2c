-- Position 9 weighs 0, so a VIN can be checked with its own digit in place. PL/pgSQL, because an inlined SQL
-- function would transliterate once for each of the sixteen terms; bytes, because a text function for each takes three times as
-- long. Letters become their digit; a comma becomes '/', which is one below '0': NHTSA's decoder counts it as -1, and the answer
-- to a mistyped VIN depends on it.
create or replace function vin.weighted_sum(vin text)
    returns int
    language plpgsql
    immutable strict parallel safe
as $$
declare
    digits constant bytea := convert_to(
        -- Position 9 may hold anything, also a character of several bytes.
        translate(overlay(vin placing '0' from 9 for 1), 'ABCDEFGHJKLMNPRSTUVWXYZ,', '12345678123457923456789/'), 'SQL_ASCII'
    );
begin
    -- 4272 is '0' times the sum of all weights.
    return 8 * get_byte(digits, 0) + 7 * get_byte(digits, 1) + 6 * get_byte(digits, 2) + 5 * get_byte(digits, 3)
        + 4 * get_byte(digits, 4) + 3 * get_byte(digits, 5) + 2 * get_byte(digits, 6) + 10 * get_byte(digits, 7)
        + 9 * get_byte(digits, 9) + 8 * get_byte(digits, 10) + 7 * get_byte(digits, 11) + 6 * get_byte(digits, 12)
        + 5 * get_byte(digits, 13) + 4 * get_byte(digits, 14) + 3 * get_byte(digits, 15) + 2 * get_byte(digits, 16) - 4272;
end;
$$;
comment on function vin.weighted_sum(text) is
    'Sum of the weighted character values of a 17-character VIN of legal characters, position 9 left out; 49 CFR 565.15 tables III and IV.';
