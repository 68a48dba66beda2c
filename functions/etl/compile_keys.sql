-- Keys repeat over schemas (330,000 of them are 58,000 texts), so each text is compiled once. Malformed keys have no
-- accept string and stay out: they cost their patterns, never a decode (sql/checks shows them).
create or replace function etl.compile_keys(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.pattern_key (release_id, key_id, schema_id, keys, symbols, used_positions, is_formula)
    with text as materialized (
        select k.keys, decoder.key_symbols(k.keys) as symbols, decoder.used_positions(k.keys) as used_positions
        from (select distinct p.keys from staging.pattern as p) as k
    )
    select
        compile_keys.release_id,
        -- Numbered by schema and stored in that order: one schema's keys lie on neighbouring pages.
        row_number() over (order by k.schema_id, k.keys),
        k.schema_id, k.keys, t.symbols, t.used_positions,
        -- Where NHTSA looks for formulas a [ is an ordinary character, and no VIN has it.
        k.keys like '%#%' and k.keys not like '%[%'
    from (select distinct p.schema_id, p.keys from staging.pattern as p) as k
    inner join text as t on t.keys = k.keys
    where t.symbols is not null
    order by k.schema_id, k.keys;

    select count(*) from catalog.pattern_key as k where k.release_id = compile_keys.release_id;
end;
comment on function etl.compile_keys(int) is 'Fills catalog.pattern_key of a release; returns the keys.';
