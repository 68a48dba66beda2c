-- The symbols are looked up by byte: a text function for each of the fourteen characters costs ten times as much, on the
-- path of every decode. One expression, because each statement of PL/pgSQL costs as much as three of its steps.
create or replace function decoder.image_symbols(image text)
    returns bit(574)
    language plpgsql
    immutable strict parallel safe
as $$
declare
    -- The symbol of each ASCII character, see decoder.symbol_at; ~ is no character.
    symbol constant bytea :=
        '\x2727272727272727272727272727272727272727272727272727272727272727'
        '2727272527272727272727272727272700010203040506070809272727272727'
        '270a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232727272726'
        '2727272727272727272727272727272727272727272727272727272724272827'::bytea;
    characters constant bytea := convert_to(rpad(regexp_replace(image, '[^0-9A-Z|#_]', '?', 'g'), 14, '~'), 'SQL_ASCII');
begin
    return
        set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(
            B'0'::bit(574),
            get_byte(symbol, get_byte(characters, 0)), 1),
            41 + get_byte(symbol, get_byte(characters, 1)), 1),
            82 + get_byte(symbol, get_byte(characters, 2)), 1),
            123 + get_byte(symbol, get_byte(characters, 3)), 1),
            164 + get_byte(symbol, get_byte(characters, 4)), 1),
            205 + get_byte(symbol, get_byte(characters, 5)), 1),
            246 + get_byte(symbol, get_byte(characters, 6)), 1),
            287 + get_byte(symbol, get_byte(characters, 7)), 1),
            328 + get_byte(symbol, get_byte(characters, 8)), 1),
            369 + get_byte(symbol, get_byte(characters, 9)), 1),
            410 + get_byte(symbol, get_byte(characters, 10)), 1),
            451 + get_byte(symbol, get_byte(characters, 11)), 1),
            492 + get_byte(symbol, get_byte(characters, 12)), 1),
            533 + get_byte(symbol, get_byte(characters, 13)), 1);
end;
$$;
comment on function decoder.image_symbols(text) is
    'A key image as an accept string: 14 positions of 41 bits with one set each. A key matches when (key_symbols & image_symbols) = image_symbols.';
