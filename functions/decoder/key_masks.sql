create or replace function decoder.key_masks(symbols bit)
    returns bigint[]
    language sql
    immutable strict parallel safe
    return array(
        select substring(symbols from (p - 1) * 41 + 1 for 41)::bit(41)::bigint from generate_series(1, 14) as p order by p
    );
comment on function decoder.key_masks(bit) is 'The accept string of a key as one number a position, for decoder.masks_overlap.';
