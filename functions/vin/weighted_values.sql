-- The planner sees a constant and calls it once for a plan, so that a sum looks its terms up instead of making them.
create or replace function vin.weighted_values(weight int)
    returns bytea
    language sql
    immutable strict parallel safe
begin atomic
    select string_agg(
        set_byte(
            '\x00', 0,
            case when code > 0 and chr(code) ~ '^[0-9A-HJ-NPR-Z]$' then weighted_values.weight * (1 + vin.character_value(chr(code))) else 0 end
        ),
        '' order by code
    )
    from generate_series(0, ascii('Z')) as code;
end;
comment on function vin.weighted_values(int) is
    'Of each ASCII character to Z, by its code: the weight (2-10) times one more than its value; 0 for what no VIN holds, as if its value were -1. For vin.weighted_sum.';
