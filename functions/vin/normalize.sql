-- Only U+0020 is trimmed: a tab or a line feed in a VIN is an error that the decode reports, not noise to hide.
create or replace function vin.normalize(input text)
    returns text
    language sql
    immutable strict parallel safe
    return upper(btrim(input, ' ') collate vin.simple_case);
comment on function vin.normalize(text) is 'The VIN as it is decoded: upper case (one character in, one out), without surrounding spaces.';
