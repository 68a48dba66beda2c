-- 41 symbols: 0-9, A-Z, |, #, _, any other character, no character. Other characters match wildcards only.
create or replace function decoder.symbol_at(image text, key_position int)
    returns bit(41)
    language sql
    immutable strict parallel safe
    return set_bit(
        B'00000000000000000000000000000000000000000'::bit(41),
        case
            when key_position > length(image) then 40
            when strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ|#_', substr(image, key_position, 1)) = 0 then 39
            else strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ|#_', substr(image, key_position, 1)) - 1
        end,
        1
    );
comment on function decoder.symbol_at(text, int) is 'One character of a key image as 41 bits with one set.';
