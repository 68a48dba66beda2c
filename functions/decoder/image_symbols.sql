-- Written out, because a set of fourteen rows costs ten times as much on the path of every decode.
create or replace function decoder.image_symbols(image text)
    returns bit(574)
    language sql
    immutable strict parallel safe
    return (
        decoder.symbol_at(image, 1) || decoder.symbol_at(image, 2) || decoder.symbol_at(image, 3)
        || decoder.symbol_at(image, 4) || decoder.symbol_at(image, 5) || decoder.symbol_at(image, 6)
        || decoder.symbol_at(image, 7) || decoder.symbol_at(image, 8) || decoder.symbol_at(image, 9)
        || decoder.symbol_at(image, 10) || decoder.symbol_at(image, 11) || decoder.symbol_at(image, 12)
        || decoder.symbol_at(image, 13) || decoder.symbol_at(image, 14)
    )::bit(574);
comment on function decoder.image_symbols(text) is
    'A key image as an accept string: 14 positions of 41 bits with one set each. A key matches when (key_symbols & image_symbols) = image_symbols.';
