create or replace function decoder.serial_digits_from(vin text, is_light boolean)
    returns int
    language sql
    immutable parallel safe
    return (case when substr(vin, 3, 1) = '9' then 15 when is_light then 13 else 14 end);
comment on function decoder.serial_digits_from(text, boolean) is
    'First position of the serial number that must be a digit: 13 for light vehicles, 14 for others, 15 for small makers; 49 CFR 565.15(d).';
