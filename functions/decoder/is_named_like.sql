-- The public API searches with SQL's LIKE. Whether its wildcards work there, nobody says: here % and _ are characters.
create or replace function decoder.is_named_like(name text, searched text)
    returns boolean
    language sql
    immutable parallel safe
    return
        btrim(is_named_like.searched) <> ''
        and strpos(
            upper(is_named_like.name collate vin.simple_case), upper(btrim(is_named_like.searched) collate vin.simple_case)
        ) > 0;
comment on function decoder.is_named_like(text, text) is 'Whether a name contains a text, in any case. An empty text is in no name.';
