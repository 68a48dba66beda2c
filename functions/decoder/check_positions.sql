create or replace function decoder.check_positions(
    vin text,
    valid_characters text[],
    out code int,
    out suggested_vin text,
    out possible_values text
)
    language plpgsql
    immutable parallel safe
as $$
declare
    positions int[];
    spot int;
    fitting text[];
begin
    suggested_vin := '';
    possible_values := '';
    -- A position that no pattern knows is null here, one beyond a short VIN an empty text, which is found everywhere.
    foreach spot in array array[4, 5, 6, 7, 8, 11, 12, 13, 14] loop
        if strpos(valid_characters[spot - 3], substr(vin, spot, 1)) = 0 then
            positions := positions || spot;
        end if;
    end loop;
    if positions is null then
        return;
    end if;
    spot := positions[1];
    if cardinality(positions) > 1 then
        code := 5;
        suggested_vin := decoder.mark_positions(vin, positions);
        foreach spot in array positions loop
            possible_values := possible_values || format('(%s:%s)', spot, valid_characters[spot - 3]);
        end loop;
        return;
    end if;
    if length(valid_characters[spot - 3]) = 1 then
        code := 2;
        fitting := array[valid_characters[spot - 3]];
    else
        fitting := array(
            select c.character
            from string_to_table(valid_characters[spot - 3], null) as c (character)
            where length(vin) = 17
                -- Here position 13 must be a digit whatever the vehicle.
                and decoder.check_digit(
                    overlay(vin placing c.character from spot for 1), decoder.serial_digits_from(vin, true)
                ) = substr(vin, 9, 1)
        );
        code := case when cardinality(fitting) = 1 then 3 else 4 end;
    end if;
    if code = 4 then
        suggested_vin := overlay(vin placing '!' from spot for 1);
        possible_values := format('(%s:%s)', spot, valid_characters[spot - 3]);
    else
        suggested_vin := overlay(vin placing fitting[1] from spot for 1);
        possible_values := format('(%s:%s)', spot, fitting[1]);
    end if;
end;
$$;
comment on function decoder.check_positions(text, text[]) is
    'Compares positions 4-14 with the characters that the data knows there (see catalog.segment): error code 2, 3, 4, 5 or null, the corrected VIN (! where several fit) and the possible values.';
