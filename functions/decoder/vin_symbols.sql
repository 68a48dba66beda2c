-- For the VINs that are decoded by the thousand: nothing to look at but bytes. One expression, because each statement of PL/pgSQL
-- costs as much as three of its steps.
create or replace function decoder.vin_symbols(vin text)
    returns bit(574)
    language plpgsql
    immutable strict parallel safe
as $$
declare
    -- The symbol of each ASCII character from '0' to 'Z', see decoder.symbol_at.
    symbol constant bytea :=
        '\x000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000'
        '00010203040506070809000000000000000a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223'::bytea;
    characters constant bytea := convert_to(vin, 'SQL_ASCII');
begin
    return
        set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(
            -- The | behind position 8.
            set_bit(B'0'::bit(574), 241, 1),
            get_byte(symbol, get_byte(characters, 3)), 1),
            41 + get_byte(symbol, get_byte(characters, 4)), 1),
            82 + get_byte(symbol, get_byte(characters, 5)), 1),
            123 + get_byte(symbol, get_byte(characters, 6)), 1),
            164 + get_byte(symbol, get_byte(characters, 7)), 1),
            246 + get_byte(symbol, get_byte(characters, 9)), 1),
            287 + get_byte(symbol, get_byte(characters, 10)), 1),
            328 + get_byte(symbol, get_byte(characters, 11)), 1),
            369 + get_byte(symbol, get_byte(characters, 12)), 1),
            410 + get_byte(symbol, get_byte(characters, 13)), 1),
            451 + get_byte(symbol, get_byte(characters, 14)), 1),
            492 + get_byte(symbol, get_byte(characters, 15)), 1),
            533 + get_byte(symbol, get_byte(characters, 16)), 1);
end;
$$;
comment on function decoder.vin_symbols(text) is
    'decoder.image_symbols of the key image of a regular VIN (decoder.is_regular), which has no other characters than A-Z and 0-9.';
