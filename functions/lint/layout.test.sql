-- What lives where. That every function has a file and every index its remark, only a test that reads files can tell.
begin;
select plan(7);

select is_empty(
    $$
    select w.schema_name, n.nspowner::regrole
    from unnest(array['vpic', 'staging', 'catalog', 'vin', 'decoder', 'api', 'admin', 'etl']) as w (schema_name)
    left join pg_namespace as n on n.nspname = w.schema_name
    where n.nspowner::regrole::text is distinct from 'mvp_platform_owner'
    $$,
    'the schemas are there and belong to the owner'
);

select is_empty(
    $$
    select p.oid::regprocedure::text, p.proowner::regrole::text
    from pg_proc as p
    inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where p.proowner <> 'mvp_platform_owner'::regrole
    union all
    select c.oid::regclass::text, c.relowner::regrole::text
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where c.relowner <> 'mvp_platform_owner'::regrole
    union all
    select t.oid::regtype::text, t.typowner::regrole::text
    from pg_type as t
    inner join pg_namespace as n on n.oid = t.typnamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where t.typowner <> 'mvp_platform_owner'::regrole
    $$,
    'so does everything in them'
);

select is_empty(
    $$
    select p.pronamespace::regnamespace, p.proname, count(*)
    from pg_proc as p
    inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
    group by p.pronamespace, p.proname
    having count(*) > 1
    $$,
    'no function is overloaded: a file has its name, and a call with nulls stays clear'
);

select is_empty(
    $$
    select p.oid::regprocedure::text
    from pg_proc as p
    inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where n.nspname not in ('vin', 'decoder', 'api', 'etl', 'admin')
    union all
    select c.oid::regclass::text
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
        and (
            n.nspname in ('vin', 'decoder', 'api')
            or (n.nspname = 'admin' and c.relkind <> 'v')
            or (n.nspname = 'catalog' and c.relkind not in ('r', 'p'))
            or (n.nspname = 'vpic' and c.relkind <> 'r')
        )
    $$,
    'functions in vin, decoder, api, etl and admin; no table beside the first three; of tables and views only views in admin; only tables in catalog and vpic'
);

select is_empty(
    $$
    select c.oid::regclass, pg_get_partkeydef(c.oid)
    from pg_class as c
    where c.relkind = 'p'
        and c.relnamespace = any(array['vpic', 'staging', 'catalog', 'vin', 'decoder', 'api', 'admin', 'etl']::regnamespace[])
        and (c.relnamespace <> 'catalog'::regnamespace or pg_get_partkeydef(c.oid) <> 'LIST (release_id)')
    $$,
    'a release is a key: all that is partitioned is in catalog, by release'
);

select set_eq(
    $$
    select c.relname::text
    from pg_class as c
    where c.relnamespace = 'catalog'::regnamespace and c.relkind = 'r' and not c.relispartition
    $$,
    array['release', 'current_release', 'term', 'memo'],
    'what belongs to no release: which there are, which is read, the lasting ids, and what is remembered of any'
);

select is_empty(
    $$
    select c.oid::regclass
    from pg_class as c
    where c.relkind = 'r' and c.relpersistence <> 'u' and c.relnamespace = 'vpic'::regnamespace
    $$,
    'raw rows are not logged: the run that loads them starts again after a crash'
);

select * from finish();
rollback;
