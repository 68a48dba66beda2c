-- NHTSA's check differs from the regulation where a VIN is mistyped: it knows which positions must be digits, lets a
-- comma through and knows the letters that are no year. Position 9 itself may hold anything.
create or replace function decoder.check_digit(vin text, digits_from int)
    returns text
    language sql
    immutable parallel safe
    return (
        case
            when vin ~ case digits_from
                when 13 then '^[0-9A-HJ-NPR-Z,]{8}.[1-9A-HJ-NPR-TV-Y,][0-9A-HJ-NPR-Z,]{2}[0-9]{5}$'
                when 14 then '^[0-9A-HJ-NPR-Z,]{8}.[1-9A-HJ-NPR-TV-Y,][0-9A-HJ-NPR-Z,]{3}[0-9]{4}$'
                else '^[0-9A-HJ-NPR-Z,]{8}.[1-9A-HJ-NPR-TV-Y,][0-9A-HJ-NPR-Z,]{4}[0-9]{3}$'
            end
                then substr('0123456789X', nullif(vin.weighted_sum(vin) % 11 + 1, 0), 1)
        end
    );
comment on function decoder.check_digit(text, int) is
    'The check digit NHTSA expects of a 17-character VIN whose positions from digits_from (13, 14 or 15) on are digits; null when it expects none.';
