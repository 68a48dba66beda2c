create or replace function vin.problems(vin text)
    returns table (problem_position int, reason text)
    language sql
    immutable parallel safe
begin atomic
    select null::int, format('a VIN has 17 characters, this has %s', coalesce(length(vin), 0))
    where coalesce(length(vin), 0) <> 17
    union all
    select
        c.ordinality::int,
        case
            when c.character in ('I', 'O', 'Q')
                then format('%s is never used in a VIN; 1 or 0 is meant', c.character)
            else 'only the letters A-Z without I, O, Q and the digits 0-9 occur in a VIN'
        end
    from string_to_table(vin, null) with ordinality as c (character, ordinality)
    where c.character !~ '^[A-HJ-NPR-Z0-9]$'
    -- A text of megabytes has one finding that matters; the first characters are enough to see why.
        and c.ordinality <= 40;
end;
comment on function vin.problems(text) is
    'Why a normalized text cannot be a VIN: rows (1-based position or null for the whole, reason); none when it can; 49 CFR 565.13, 565.15.';
