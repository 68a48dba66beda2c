create or replace function vin.model_year_code(vin text)
    returns int
    language sql
    immutable parallel safe
    return 2009 + nullif(strpos('ABCDEFGHJKLMNPRSTVWXY123456789', nullif(substr(vin, 10, 1), '')), 0);
comment on function vin.model_year_code(text) is
    'Model year 2010-2039 that position 10 stands for; the same letter also stands for the year 30 before; null when it is no year code; 49 CFR 565.15 table VII.';
