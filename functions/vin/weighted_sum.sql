-- Position 9 weighs 0, so a VIN can be checked with its own digit in place. PL/pgSQL, because an inlined SQL
-- function would transliterate once for each of the sixteen terms. Letters become their digit; a comma becomes
-- '/', which is one below '0': NHTSA's decoder counts it as -1, and the answer to a mistyped VIN depends on it.
create or replace function vin.weighted_sum(vin text)
    returns int
    language plpgsql
    immutable strict parallel safe
as $$
declare
    digits constant text := translate(vin, 'ABCDEFGHJKLMNPRSTUVWXYZ,', '12345678123457923456789/');
begin
    -- 4272 is ascii('0') times the sum of all weights.
    return 8 * ascii(substr(digits, 1, 1)) + 7 * ascii(substr(digits, 2, 1)) + 6 * ascii(substr(digits, 3, 1))
        + 5 * ascii(substr(digits, 4, 1)) + 4 * ascii(substr(digits, 5, 1)) + 3 * ascii(substr(digits, 6, 1))
        + 2 * ascii(substr(digits, 7, 1)) + 10 * ascii(substr(digits, 8, 1)) + 9 * ascii(substr(digits, 10, 1))
        + 8 * ascii(substr(digits, 11, 1)) + 7 * ascii(substr(digits, 12, 1)) + 6 * ascii(substr(digits, 13, 1))
        + 5 * ascii(substr(digits, 14, 1)) + 4 * ascii(substr(digits, 15, 1)) + 3 * ascii(substr(digits, 16, 1))
        + 2 * ascii(substr(digits, 17, 1)) - 4272;
end;
$$;
comment on function vin.weighted_sum(text) is
    'Sum of the weighted character values of a 17-character VIN of legal characters, position 9 left out; 49 CFR 565.15 tables III and IV.';
