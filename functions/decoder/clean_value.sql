create or replace function decoder.clean_value(value text)
    returns text
    language sql
    immutable strict parallel safe
    return translate(value, E'\t\r\n', '   ');
comment on function decoder.clean_value(text) is 'A value as it is shown: tabs and line ends become spaces.';
