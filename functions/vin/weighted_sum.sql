-- Position 9 weighs 0, so a VIN can be checked with its own digit in place. PL/pgSQL, because an inlined SQL function would take
-- the VIN apart once for each of the sixteen terms; bytes and a table of them, because text functions go by characters: translate
-- alone takes longer than all of this. Letters become their digit, what is none stays; a comma becomes '/', which is one below '0':
-- NHTSA's decoder counts it as -1, and the answer to a mistyped VIN depends on it.
create or replace function vin.weighted_sum(vin text)
    returns int
    language plpgsql
    immutable strict parallel safe
as $$
declare
    -- Of each byte the character of its value.
    digit constant bytea :=
        '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2f2d2e2f303132333435363738393a3b3c3d3e3f'
        '4031323334353637384931323334354f37513932333435363738395b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f'
        '808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf'
        'c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'::bytea;
    -- Position 9 may hold anything, also a character of several bytes.
    characters constant bytea := convert_to(overlay(vin placing '0' from 9 for 1), 'SQL_ASCII');
begin
    -- 4272 is '0' times the sum of all weights.
    return 8 * get_byte(digit, get_byte(characters, 0)) + 7 * get_byte(digit, get_byte(characters, 1))
        + 6 * get_byte(digit, get_byte(characters, 2)) + 5 * get_byte(digit, get_byte(characters, 3))
        + 4 * get_byte(digit, get_byte(characters, 4)) + 3 * get_byte(digit, get_byte(characters, 5))
        + 2 * get_byte(digit, get_byte(characters, 6)) + 10 * get_byte(digit, get_byte(characters, 7))
        + 9 * get_byte(digit, get_byte(characters, 9)) + 8 * get_byte(digit, get_byte(characters, 10))
        + 7 * get_byte(digit, get_byte(characters, 11)) + 6 * get_byte(digit, get_byte(characters, 12))
        + 5 * get_byte(digit, get_byte(characters, 13)) + 4 * get_byte(digit, get_byte(characters, 14))
        + 3 * get_byte(digit, get_byte(characters, 15)) + 2 * get_byte(digit, get_byte(characters, 16)) - 4272;
end;
$$;
comment on function vin.weighted_sum(text) is
    'Sum of the weighted character values of a 17-character VIN of legal characters, position 9 left out; 49 CFR 565.15 tables III and IV.';
