-- Bayes over what may have happened: nothing, one character replaced, two neighbours swapped. Each way back to a VIN with a
-- right check digit weighs as much as the slip that it undoes is likely; a character that the data does not know at its
-- position weighs against everything that leaves it there.
create or replace function decoder.position_doubts(vin text, digits_from int, valid_characters text[], flagged int[])
    returns double precision[]
    language plpgsql
    immutable parallel safe
as $$
declare
    weights constant int[] := array[8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    -- 1 / weight modulo 11.
    inverses constant int[] := array[7, 8, 2, 9, 3, 4, 6, 10, 0, 5, 7, 8, 2, 9, 3, 4, 6];
    of_value constant text[] := array['0', '1AJ', '2BKS', '3CLT', '4DMU', '5ENV', '6FW', '7GPX', '8HY', '9RZ'];
    wrong constant double precision := decoder.model_constant('wrong VINs');
    gap constant double precision := decoder.model_constant('data gap');
    replaced constant double precision := wrong * (1 - decoder.model_constant('swapped')) / 17;
    swapped constant double precision := wrong * decoder.model_constant('swapped') / 16;
    against_rules constant int := (select count(*) from unnest(flagged) as p where p in (9, 10) or p >= digits_from);
    doubts double precision[] := array_fill(0::double precision, array[17]);
    total double precision;
    weight double precision;
    sum int;
    digit int;
    needed int;
    meant text;
    typed text;
    next_typed text;
begin
    if vin !~ '^[A-HJ-NPR-Z0-9]{17}$' then
        -- Characters that no VIN has, or none at all, are certainly not those that were meant; of the rest nothing more is known.
        for at in 1 .. 17 loop
            doubts[at] := case
                when at = any(flagged) or at > length(vin) then 1
                -- One slip is found; a second one is as likely as one that nothing detects.
                when cardinality(flagged) > 0 then wrong * decoder.model_constant('undetected') / 17
                else wrong / 17
            end;
        end loop;
        return doubts;
    end if;
    sum := vin.weighted_sum(vin);
    digit := strpos('0123456789X', substr(vin, 9, 1)) - 1;
    total := (1 - wrong)
        * case when sum % 11 = digit then 1 else decoder.model_constant('unchecked') end
        * gap ^ coalesce(cardinality(flagged), 0);
    for at in 1 .. 17 loop
        typed := substr(vin, at, 1);
        weight := 0;
        if at = 9 then
            if sum % 11 <> digit then
                weight := decoder.misread_probability(substr('0123456789X', sum % 11 + 1, 1), typed);
            end if;
        else
            needed := vin.character_value(typed) + (digit - sum) * inverses[at];
            needed := ((needed % 11) + 11) % 11;
            -- A letter as check digit (digit -1) leaves no other position to be the only one at fault.
            if needed < 10 and digit >= 0 then
                foreach meant in array string_to_array(of_value[needed + 1], null) loop
                    if meant <> typed and (at < digits_from or meant <= '9') and (at <> 10 or strpos('UZ0', meant) = 0) then
                        weight := weight + decoder.misread_probability(meant, typed)
                            * case when at between 4 and 14 and strpos(valid_characters[at - 3], meant) = 0 then gap else 1 end;
                    end if;
                end loop;
            end if;
        end if;
        weight := weight * replaced
            * case
                -- Another maker explains the characters that this one's data does not know, but none that the rules exclude.
                when at <= 3 then
                    case
                        when cardinality(flagged) > against_rules then decoder.model_constant('maker exists')
                        else decoder.model_constant('maker coincidence')
                    end * gap ^ against_rules
                -- So does another year.
                when at = 10 and cardinality(flagged) > against_rules then
                    decoder.model_constant('year explains') * gap ^ (against_rules - case when 10 = any(flagged) then 1 else 0 end)
                else gap ^ (coalesce(cardinality(flagged), 0) - case when at = any(flagged) then 1 else 0 end)
            end;
        doubts[at] := doubts[at] + weight;
        total := total + weight;
        next_typed := substr(vin, at + 1, 1);
        if at < 17 and typed <> next_typed then
            needed := sum + (weights[at] - weights[at + 1]) * (vin.character_value(next_typed) - vin.character_value(typed));
            if ((needed % 11) + 11) % 11
                = (case at
                    when 8 then strpos('0123456789X', typed) - 1
                    when 9 then strpos('0123456789X', next_typed) - 1
                    else digit
                end)
                and (at < digits_from or (typed <= '9' and next_typed <= '9'))
            then
                weight := swapped
                    * case when at <= 3 then decoder.model_constant('maker coincidence') else 1 end
                    * case when at between 4 and 14 and strpos(valid_characters[at - 3], next_typed) = 0 then gap else 1 end
                    * case when at + 1 between 4 and 14 and strpos(valid_characters[at - 2], typed) = 0 then gap else 1 end
                    * gap ^ (
                        coalesce(cardinality(flagged), 0)
                        - case when at = any(flagged) then 1 else 0 end - case when at + 1 = any(flagged) then 1 else 0 end
                    );
                doubts[at] := doubts[at] + weight;
                doubts[at + 1] := doubts[at + 1] + weight;
                total := total + weight;
            end if;
        end if;
    end loop;
    for at in 1 .. 17 loop
        doubts[at] := doubts[at] / total;
    end loop;
    return doubts;
end;
$$;
comment on function decoder.position_doubts(text, int, text[], int[]) is
    'For each position of a VIN the probability that its character is not the one meant. digits_from: where the serial number''s digits begin; valid_characters: catalog.segment''s; flagged: positions whose character the data or the rules exclude; 0 when the maker has no data for the year.';
