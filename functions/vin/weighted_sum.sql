-- Position 9 weighs 0, so a VIN can be checked with its own digit in place. PL/pgSQL, because an inlined SQL function would take
-- the VIN apart once for each of the sixteen terms; bytes and tables of them, because text functions go by characters. Of one call
-- most is making ready what the expression consists of: the tables hold finished products. They count a character one higher than its
-- value, so that a comma is 0: NHTSA's decoder counts it as -1, and the answer to a mistyped VIN depends on it.
create or replace function vin.weighted_sum(vin text)
    returns int
    language plpgsql
    immutable strict parallel safe
as $$
declare
    -- Position 9 may hold anything, also a character of several bytes.
    characters constant bytea := convert_to(overlay(vin placing '0' from 9 for 1), 'SQL_ASCII');
begin
    -- 89 is the sum of all weights.
    return get_byte(vin.weighted_values(8), get_byte(characters, 0)) + get_byte(vin.weighted_values(7), get_byte(characters, 1))
        + get_byte(vin.weighted_values(6), get_byte(characters, 2)) + get_byte(vin.weighted_values(5), get_byte(characters, 3))
        + get_byte(vin.weighted_values(4), get_byte(characters, 4)) + get_byte(vin.weighted_values(3), get_byte(characters, 5))
        + get_byte(vin.weighted_values(2), get_byte(characters, 6)) + get_byte(vin.weighted_values(10), get_byte(characters, 7))
        + get_byte(vin.weighted_values(9), get_byte(characters, 9)) + get_byte(vin.weighted_values(8), get_byte(characters, 10))
        + get_byte(vin.weighted_values(7), get_byte(characters, 11)) + get_byte(vin.weighted_values(6), get_byte(characters, 12))
        + get_byte(vin.weighted_values(5), get_byte(characters, 13)) + get_byte(vin.weighted_values(4), get_byte(characters, 14))
        + get_byte(vin.weighted_values(3), get_byte(characters, 15)) + get_byte(vin.weighted_values(2), get_byte(characters, 16)) - 89;
end;
$$;
comment on function vin.weighted_sum(text) is
    'Sum of the weighted character values of a 17-character VIN of legal characters, position 9 left out; 49 CFR 565.15 tables III and IV.';
