-- A winner's key makes a position "used"; the | between VIN 8 and 10 is no position of the VIN.
create or replace function decoder.used_positions(keys text)
    returns int
    language sql
    immutable strict parallel safe
    return (
        select coalesce(bit_or(1 << (t.ordinality::int + 3)), 0)
        from unnest(decoder.key_tokens(keys)) with ordinality as t (token, ordinality)
        where t.token <> '*'
            -- Without a class in the key a _ matches as a wildcard.
            and (t.token <> '_' or keys like '%[%')
            and t.ordinality <> 6
            and t.ordinality <= 14
    );
comment on function decoder.used_positions(text) is 'Bit p (of 4 to 17) is set when the key is not a wildcard at VIN position p.';
