create or replace function decoder.unused_positions(vin text, used int, items decoder.item[])
    returns text
    language plpgsql
    immutable parallel safe
as $$
declare
    unused text[];
    p int;
begin
    foreach p in array array[4, 5, 6, 7, 8, 11] loop
        continue when p > length(vin);
        if coalesce(used, 0) & (1 << p) = 0 then
            unused := unused || p::text;
        -- The key of a winner matched, so it holds the character - unless it is one that no range of a key counts
        -- (I, O, Q) or that only a wildcard can match.
        elsif substr(vin, p, 1) !~ '[A-HJ-NPR-Z0-9]' and not exists (
            select
            from unnest(items) as i
            where i.used_positions & (1 << p) <> 0
                and strpos(decoder.token_characters((decoder.key_tokens(i.keys))[p - 3]), substr(vin, p, 1)) > 0
        )
        then
            unused := unused || p::text;
        end if;
    end loop;
    return array_to_string(unused, ',');
end;
$$;
comment on function decoder.unused_positions(text, int, decoder.item[]) is
    'Positions of 4-8 and 11 that no surviving pattern reads, comma separated; null when all are read. used: the positions that some key reads, as bits; items: needed for characters that are not A-Z, 0-9.';
