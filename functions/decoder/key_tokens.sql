-- "1-A" is NHTSA's own mistake in two keys (schema 24522): a range that no regular expression accepts. Their matching
-- reads it as "1A" where a class is in the key; so do we, everywhere.
create or replace function decoder.key_tokens(keys text)
    returns text[]
    language sql
    immutable strict parallel safe
    return array(
        select found.match[1]
        from regexp_matches(
            case when keys like '%[%' then replace(keys, '1-A', '1A') else keys end, '\[[^]]*\]|.', 'g'
        ) with ordinality as found (match, ordinality)
        order by found.ordinality
    );
comment on function decoder.key_tokens(text) is 'Keys cut into positions: a character or a [class] each; position 1 is VIN position 4.';
