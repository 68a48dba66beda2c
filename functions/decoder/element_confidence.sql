-- A wrong character hurts only values that rest on it, and those only when the right one would have led elsewhere.
create or replace function decoder.element_confidence(
    doubts double precision[],
    source text,
    used_positions int,
    share double precision,
    is_disputed boolean,
    is_year_open boolean
)
    returns real
    language plpgsql
    immutable parallel safe
as $$
declare
    -- Probabilities that the character at fault is one of the WMI, the year's, one of the keys', another.
    maker_doubt constant double precision := doubts[1] + doubts[2] + doubts[3];
    key_doubt double precision := 0;
    other_doubt double precision := 0;
    certainty double precision := 1;
    at int;
begin
    if source = 'Corrections' then
        return 1;
    end if;
    if source = 'ModelYear' then
        return least(1, greatest(0, 1 - doubts[10] - 0.5 * doubts[7] - maker_doubt * decoder.model_constant('other cycle''s maker')))
            * case when is_year_open then decoder.model_constant('open year') else 1 end;
    end if;
    foreach at in array array[4, 5, 6, 7, 8, 11, 12, 13, 14] loop
        if used_positions & (1 << at) <> 0 then
            key_doubt := key_doubt + doubts[at];
        else
            other_doubt := other_doubt + doubts[at];
        end if;
    end loop;
    if is_year_open and used_positions <> 0 then
        certainty := 1 - (1 - decoder.model_constant('open year')) * (1 - decoder.model_constant('other cycle'));
    elsif is_disputed then
        certainty := decoder.model_constant('disputed');
    elsif source = 'Default' then
        certainty := decoder.model_constant('default');
    end if;
    return certainty * greatest(0, 1
        - least(1, maker_doubt) * (1 - case
            when source in ('VehType', 'Default') then decoder.model_constant('other maker, same type')
            else decoder.model_constant('other maker')
        end)
        - least(1, doubts[10]) * (1 - decoder.model_constant('other year'))
        - least(1, key_doubt) * (1 - share)
        - least(1, other_doubt) * decoder.model_constant('silent change'));
end;
$$;
comment on function decoder.element_confidence(double precision[], text, int, double precision, boolean, boolean) is
    'Probability that a value is the vehicle''s, from decoder.position_doubts, the positions it rests on (bit p for VIN position p) and the share of the schema''s keys that state the same value.';
