-- The strictest of the rules that hold for some makers: what is plain here is so for all of them.
create or replace function decoder.is_plain(vin text)
    returns boolean
    language sql
    immutable strict parallel safe
    return vin ~ '^[0-9A-HJ-NPR-Z]{8}[0-9X][1-9A-HJ-NPR-TV-Y][0-9A-HJ-NPR-Z]{2}[0-9]{5}$';
comment on function decoder.is_plain(text) is
    'Whether no character of a VIN is wrong by itself: 17, legal everywhere, digits from position 13 on. The check digit may be any.';
