create or replace function decoder.invalid_positions(vin text, digits_from int, is_position_9_free boolean)
    returns int[]
    language plpgsql
    immutable parallel safe
as $$
begin
    -- Nearly every VIN: nothing to look for.
    if vin ~ '^[0-9A-HJ-NPR-Z]{8}[0-9X][1-9A-HJ-NPR-TV-Y][0-9A-HJ-NPR-Z]{2}[0-9]{5}$' then
        return array[]::int[];
    end if;
    return array(
        select c.ordinality::int
        from string_to_table(vin, null) with ordinality as c (character, ordinality)
        where case
            when c.ordinality = 9 then not is_position_9_free and c.character !~ '[0-9X*]'
            when c.ordinality = 10 then c.character !~ '[1-9A-HJ-NPR-TV-Y]'
            when c.ordinality < digits_from then c.character !~ '[0-9A-HJ-NPR-Z*]'
            else c.character !~ '[0-9*]'
        end
        order by c.ordinality
    );
end;
$$;
comment on function decoder.invalid_positions(text, int, boolean) is
    'Positions whose character cannot stand there: 9 the check digit, 10 the year, digits from digits_from on; an asterisk stands for an unknown character anywhere but in position 10.';
