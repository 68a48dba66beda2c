-- A wrong character hurts only values that rest on it, and those only when the right one would have led elsewhere. One
-- expression, so that it is inlined: it is asked for every value of an answer.
create or replace function decoder.element_confidence(
    doubts double precision[],
    source text,
    used_positions int,
    share double precision,
    is_disputed boolean,
    is_year_open boolean
)
    returns real
    language sql
    immutable parallel safe
    return (
        case
            when source = 'Corrections' then 1
            when source = 'ModelYear'
                then least(1, greatest(0, 1 - doubts[10] - 0.5 * doubts[7]
                    - (doubts[1] + doubts[2] + doubts[3]) * decoder.model_constant('other cycle''s maker')))
                    * case when is_year_open then decoder.model_constant('open year') else 1 end
            else
                case
                    when is_year_open and used_positions <> 0
                        then 1 - (1 - decoder.model_constant('open year')) * (1 - decoder.model_constant('other cycle'))
                    when is_disputed then decoder.model_constant('disputed')
                    when source = 'Default' then decoder.model_constant('default')
                    else 1
                end
                * greatest(0, 1
                    -- The character at fault is one of the WMI,
                    - least(1, doubts[1] + doubts[2] + doubts[3]) * (1 - case
                        when source in ('VehType', 'Default') then decoder.model_constant('other maker, same type')
                        else decoder.model_constant('other maker')
                    end)
                    -- the year's,
                    - least(1, doubts[10]) * (1 - decoder.model_constant('other year'))
                    -- one that the value rests on,
                    - least(1,
                        (used_positions >> 4 & 1) * doubts[4] + (used_positions >> 5 & 1) * doubts[5]
                        + (used_positions >> 6 & 1) * doubts[6] + (used_positions >> 7 & 1) * doubts[7]
                        + (used_positions >> 8 & 1) * doubts[8] + (used_positions >> 11 & 1) * doubts[11]
                        + (used_positions >> 12 & 1) * doubts[12] + (used_positions >> 13 & 1) * doubts[13]
                        + (used_positions >> 14 & 1) * doubts[14]
                    ) * (1 - share)
                    -- or another.
                    - least(1,
                        (~used_positions >> 4 & 1) * doubts[4] + (~used_positions >> 5 & 1) * doubts[5]
                        + (~used_positions >> 6 & 1) * doubts[6] + (~used_positions >> 7 & 1) * doubts[7]
                        + (~used_positions >> 8 & 1) * doubts[8] + (~used_positions >> 11 & 1) * doubts[11]
                        + (~used_positions >> 12 & 1) * doubts[12] + (~used_positions >> 13 & 1) * doubts[13]
                        + (~used_positions >> 14 & 1) * doubts[14]
                    ) * decoder.model_constant('silent change'))
        end
    )::real;
comment on function decoder.element_confidence(double precision[], text, int, double precision, boolean, boolean) is
    'Probability that a value is the vehicle''s, from decoder.position_doubts, the positions it rests on (bit p for VIN position p) and the share of the schema''s keys that state the same value.';
