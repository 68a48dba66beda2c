create or replace function vin.wmi(vin text)
    returns text
    language sql
    immutable parallel safe
    return (
        case
            when substr(vin, 3, 1) = '9' and length(vin) >= 14 then substr(vin, 1, 3) || substr(vin, 12, 3)
            else substr(vin, 1, 3)
        end
    );
comment on function vin.wmi(text) is
    'World manufacturer identifier: positions 1-3, and 12-14 as well when position 3 is 9 (small makers) and they are there; 49 CFR 565.15(a).';
