create or replace function bench.synthetic_vin(vin text, copy_id int)
    returns text
    language sql
    stable
    return (
        select overlay(t.vin placing vin.check_digit(t.vin) from 9 for 1)
        from bench.synthetic_wmi as s
        cross join lateral (
            select overlay(
                overlay(synthetic_vin.vin placing left(s.wmi, 3) from 1) placing substr(s.wmi, 4) from 12 for length(s.wmi) - 3
            ) as vin
        ) as t
        where s.original = vin.wmi(synthetic_vin.vin) and s.copy_id = synthetic_vin.copy_id
    );
comment on function bench.synthetic_vin(text, int) is
    'The VIN of the same vehicle, had a maker of a copy built it; null when its identifier is not one of the data.';
