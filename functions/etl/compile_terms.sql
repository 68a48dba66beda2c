-- PL/pgSQL and a step of its own: the statements after it are planned with what it made.
create or replace function etl.compile_terms(release_id int)
    returns bigint
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
begin
    insert into catalog.term (kind, name)
    select distinct 'trim', btrim(p.value)
    from catalog.pattern as p
    where p.release_id = compile_terms.release_id and p.element_id = 38 and btrim(p.value) <> ''
    order by 2
    on conflict do nothing;

    delete from staging.key_engine;
    insert into staging.key_engine (schema_id, key_id, name)
    select e.schema_id, e.key_id, e.name from etl.key_engines(compile_terms.release_id) as e;

    insert into catalog.term (kind, name)
    select distinct 'engine', e.name from staging.key_engine as e order by 2
    on conflict do nothing;

    analyze staging.key_engine;
    analyze catalog.term;
    return (select count(*) from catalog.term);
end;
$$;
comment on function etl.compile_terms(int) is 'Gives every trim and engine of a release its lasting id; returns how many there are by now.';
