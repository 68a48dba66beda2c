-- rpad cuts off what is longer.
create or replace function vin.descriptor(vin text)
    returns text
    language sql
    immutable parallel safe
    return overlay(rpad(vin, case when substr(vin, 3, 1) = '9' then 14 else 11 end, '*') placing '*' from 9 for 1);
comment on function vin.descriptor(text) is
    'What all vehicles of one kind share: positions 1-8, 10 and 11 (to 14 for small makers), position 9 as *; missing characters as *.';
