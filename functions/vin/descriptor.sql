create or replace function vin.descriptor(vin text)
    returns text
    language sql
    immutable parallel safe
    return substr(
        overlay(rpad(substr(vin, 1, 17), 17, '*') placing '*' from 9 for 1),
        1,
        case when substr(vin, 3, 1) = '9' then 14 else 11 end
    );
comment on function vin.descriptor(text) is
    'What all vehicles of one kind share: positions 1-8, 10 and 11 (to 14 for small makers), position 9 as *; missing characters as *.';
