-- The | of the image, the year and what stands behind VIN 14 are checked elsewhere; a character that is not there, nowhere.
create or replace function decoder.known_symbols(valid_characters text[])
    returns bit(574)
    language plpgsql
    immutable parallel safe
as $$
declare
    symbols text := '';
    characters text;
begin
    -- In the order of the image: VIN 4-8, the |, 10, 11-14.
    foreach characters in array valid_characters[1:5] || array[null, null]::text[] || valid_characters[8:11] loop
        symbols := symbols || case
            when characters is null then repeat('1', 41)
            else (decoder.token_symbols('[' || characters || ']', true) | set_bit(B'0'::bit(41), 40, 1))::text
        end;
    end loop;
    return rpad(symbols, 574, '1')::bit(574);
end;
$$;
comment on function decoder.known_symbols(text[]) is
    'catalog.segment.valid_characters as an accept string: it covers the image of a VIN without unknown characters, (known & image) = image.';
