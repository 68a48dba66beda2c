-- Where makers have different rules the strictest of them: what is plain here is so for all. Which makers are small the VIN says itself;
-- of the others heavy vehicles may have a letter in position 13.
create or replace function decoder.is_plain(vin text)
    returns boolean
    language sql
    immutable strict parallel safe
    return vin ~ (
        '^([0-9A-HJ-NPR-Z]{8}[0-9X][1-9A-HJ-NPR-TV-Y][0-9A-HJ-NPR-Z]{2}[0-9]{2}'
        '|[0-9A-HJ-NPR-Z]{2}9[0-9A-HJ-NPR-Z]{5}[0-9X][1-9A-HJ-NPR-TV-Y][0-9A-HJ-NPR-Z]{4})[0-9]{3}$'
    );
comment on function decoder.is_plain(text) is
    'Whether no character of a VIN is wrong by itself: 17, legal everywhere, digits from position 13 on, for small makers from position 15 on (decoder.serial_digits_from). The check digit may be any.';
