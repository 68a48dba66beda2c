create or replace function vin.check_digit(vin text)
    returns text
    language sql
    immutable parallel safe
    return (
        case
            when vin ~ '^[A-HJ-NPR-Z0-9]{8}.[A-HJ-NPR-Z0-9]{8}$'
                then substr('0123456789X', vin.weighted_sum(vin) % 11 + 1, 1)
        end
    );
comment on function vin.check_digit(text) is
    'The check digit (0-9 or X) that a 17-character VIN should carry in position 9; null when another character cannot be in a VIN or the length is not 17; 49 CFR 565.15.';
