create or replace function decoder.key_literals(keys text, out literals bigint, out fixed bigint)
    language plpgsql
    immutable strict parallel safe
as $$
declare
    tokens constant text[] := decoder.key_tokens(keys);
    symbol int;
begin
    literals := 0;
    fixed := 0;
    for at in 1 .. least(cardinality(tokens), 10) loop
        symbol := strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ|#_', tokens[at]);
        literals := literals << 6;
        fixed := fixed << 6;
        -- A class is left to decoder.masks_overlap.
        if symbol > 0 and length(tokens[at]) = 1 then
            literals := literals | symbol;
            fixed := fixed | 63;
        end if;
    end loop;
    literals := literals << 6 * (10 - least(cardinality(tokens), 10));
    fixed := fixed << 6 * (10 - least(cardinality(tokens), 10));
end;
$$;
comment on function decoder.key_literals(text) is
    'The plain characters of a key''s first ten positions as a number, and which positions they are: two keys exclude each other when ((a.literals # b.literals) & a.fixed & b.fixed) <> 0. A quick test before decoder.masks_overlap.';
