-- Keys repeat over schemas (330,000 of them are 58,000 texts), so each text is compiled once. Malformed keys have no
-- accept string and stay out: they cost their patterns, never a decode (sql/checks shows them).
create or replace function etl.compile_keys(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    delete from staging.pattern_key;

    insert into staging.pattern_key (key_id, schema_id, keys, symbols, used_positions, is_formula)
    with text as materialized (
        select k.keys, decoder.key_symbols(k.keys) as symbols, decoder.used_positions(k.keys) as used_positions
        from (select distinct p.keys from staging.pattern as p) as k
    )
    select
        -- Numbered by schema: one schema's keys lie together.
        row_number() over (order by k.schema_id, k.keys),
        k.schema_id, k.keys, t.symbols, t.used_positions,
        -- Where NHTSA looks for formulas a [ is an ordinary character, and no VIN has it.
        k.keys like '%#%' and k.keys not like '%[%'
    from (select distinct p.schema_id, p.keys from staging.pattern as p) as k
    inner join text as t on t.keys = k.keys
    where t.symbols is not null;

    select count(*) from staging.pattern_key;
end;
comment on function etl.compile_keys(int) is 'Numbers the keys of a release and compiles them, in staging.pattern_key; returns the keys. etl.compile_texts makes catalog.pattern_key of it.';
