-- "1-A" is NHTSA's own mistake in two keys (schema 24522): a range that no regular expression accepts. Their matching
-- reads it as "1A" where a class is in the key; so do we, everywhere.
--
-- Only the beginning is cut: a key that is longer than fourteen positions of forty characters never matches, and looking for the
-- end of each [ of 200,000 took a minute.
create or replace function decoder.key_tokens(keys text)
    returns text[]
    language sql
    immutable strict parallel safe
    return array(
        select found.match[1]
        from regexp_matches(
            case when keys like '%[%' then replace(left(keys, 601), '1-A', '1A') else left(keys, 601) end, '\[[^]]*\]|.', 'g'
        ) with ordinality as found (match, ordinality)
        order by found.ordinality
    );
comment on function decoder.key_tokens(text) is 'Keys cut into positions: a character or a [class] each; position 1 is VIN position 4. Of a key longer than any that matches only the first 601 characters.';
