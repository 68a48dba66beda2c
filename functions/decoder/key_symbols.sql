create or replace function decoder.key_symbols(keys text)
    returns bit(574)
    language plpgsql
    immutable strict parallel safe
as $$
declare
    tokens constant text[] := decoder.key_tokens(left(keys, 601));
    has_class constant boolean := keys like '%[%';
    symbols text := '';
    token text;
begin
    -- Fourteen positions of at most forty characters each can match something; beyond that nothing is worth a loop that is
    -- quadratic in the length.
    if length(keys) > 600 then
        return B'0'::bit(574);
    end if;
    foreach token in array tokens loop
        symbols := symbols || decoder.token_symbols(token, has_class)::text;
    end loop;
    -- Longer than a key image can never match, but is not malformed.
    if cardinality(tokens) > 14 and symbols is not null then
        return B'0'::bit(574);
    end if;
    return rpad(symbols, 574, '1')::bit(574);
end;
$$;
comment on function decoder.key_symbols(text) is
    'Accept string of a key: 14 positions of 41 symbols, everything accepted behind its end; null for a malformed key, which costs that pattern and no more.';
