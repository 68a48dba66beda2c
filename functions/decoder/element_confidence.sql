-- A wrong character hurts only the values that rest on its position: the manufacturer's on 1-3, the year's on 7 and 10, a
-- pattern's on those of its key.
create or replace function decoder.element_confidence(vin_confidence double precision, source text, used_positions int, is_year_ambiguous boolean)
    returns real
    language sql
    immutable parallel safe
    return (
        case source
            -- Said about the text as it stands.
            when 'Corrections' then 1
            when 'ModelYear' then (vin_confidence + (1 - vin_confidence) * 15 / 17) * case when is_year_ambiguous then 0.9 else 1 end
            else vin_confidence + (1 - vin_confidence) * (14 - bit_count(used_positions::bit(32))) / 17
        end
    )::real;
comment on function decoder.element_confidence(double precision, text, int, boolean) is
    'Estimated probability that a value is the vehicle''s: the VIN is right, or its wrong character is none that the value rests on (used_positions: bit p for VIN position p).';
