create or replace function etl.compile_shares(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.schema_name (release_id, schema_id, name)
    select compile_shares.release_id, s.id, btrim(s.name) from vpic.vinschema as s where s.name is not null;

    insert into catalog.value_share (release_id, schema_id, element_id, value_id, share)
    with stated as (
        select k.schema_id, p.element_id, p.value_id, count(*) as keys
        from catalog.pattern as p
        inner join catalog.pattern_key as k on k.release_id = compile_shares.release_id and k.key_id = p.key_id
        where p.release_id = compile_shares.release_id and p.element_id > 0 and p.slot = 0 and p.source is null
        group by k.schema_id, p.element_id, p.value_id
        union all
        select k.schema_id, 26, m.make_id::text, count(*)
        from catalog.pattern as p
        inner join catalog.pattern_key as k on k.release_id = compile_shares.release_id and k.key_id = p.key_id
        inner join catalog.model_make as m on m.release_id = compile_shares.release_id and m.model_id::text = p.value_id
        where p.release_id = compile_shares.release_id and p.element_id = 28
        group by k.schema_id, m.make_id
    )
    select
        compile_shares.release_id, s.schema_id, s.element_id, s.value_id,
        s.keys / sum(s.keys) over (partition by s.schema_id, s.element_id)
    from stated as s;

    select count(*) from catalog.value_share as v where v.release_id = compile_shares.release_id;
end;
comment on function etl.compile_shares(int) is 'Fills catalog.value_share and catalog.schema_name of a release: what confidence and explanation need; returns the shares.';
