create or replace function decoder.token_symbols(token text, has_class boolean)
    returns bit(41)
    language plpgsql
    immutable strict parallel safe
as $$
declare
    alphabet constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ|#_';
    characters text := token;
    symbols bit(41) := B'0'::bit(41);
begin
    -- Everything but "no character". A _ is a wildcard too where NHTSA compares with LIKE: in keys without a class.
    if token = '*' or (token = '_' and not has_class) then
        return rpad('', 40, '1')::bit(41);
    end if;
    if token like '[%' then
        characters := decoder.class_characters(token);
    elsif strpos(alphabet, token) = 0 then
        characters := null;
    end if;
    if characters is null then
        return null;
    end if;
    for at in 1 .. length(characters) loop
        symbols := set_bit(symbols, strpos(alphabet, substr(characters, at, 1)) - 1, 1);
    end loop;
    return symbols;
end;
$$;
comment on function decoder.token_symbols(text, boolean) is
    'Which of the 41 symbols a position of a key accepts (see decoder.symbol_at); null when the position is malformed. has_class: some position of the key is a [class].';
