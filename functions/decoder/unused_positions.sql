create or replace function decoder.unused_positions(vin text, items decoder.item[])
    returns text
    language sql
    immutable parallel safe
    return (
        select string_agg(p::text, ',' order by p)
        from unnest(array[4, 5, 6, 7, 8, 11]) as p
        where p <= length(vin)
            and not exists (
                select
                from unnest(items) as i
                where i.used_positions & (1 << p) <> 0
                    -- A winner's key matched, so it holds the character - unless the character is one that no range
                    -- of a key counts (I, O, Q) or that only a wildcard's neighbour could match.
                    and (
                        substr(vin, p, 1) ~ '[A-HJ-NPR-Z0-9]'
                        or strpos(decoder.token_characters((decoder.key_tokens(i.keys))[p - 3]), substr(vin, p, 1)) > 0
                    )
            )
    );
comment on function decoder.unused_positions(text, decoder.item[]) is
    'Positions of 4-8 and 11 that no surviving pattern reads, comma separated; null when all are read.';
