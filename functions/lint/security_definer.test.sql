begin;
select plan(4);

select is_empty(
    $$
    select p.oid::regprocedure, p.proconfig
    from pg_proc as p
    inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where p.prosecdef and 'search_path=pg_catalog' = any(coalesce(p.proconfig, '{}')) is not true
    $$,
    'a function with its owner''s rights looks for names in pg_catalog only: nobody can slip in another'
);

select is_empty(
    $$
    select p.oid::regprocedure
    from pg_proc as p
    inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where p.prosecdef and n.nspname not in ('api', 'etl', 'admin')
    $$,
    'only at the edge: what they call runs with the rights it finds'
);

select is_empty(
    $$
    select p.oid::regprocedure
    from pg_proc as p
    where p.pronamespace = 'api'::regnamespace and not p.prosecdef
    $$,
    'everything in api: its callers may read no table'
);

-- A setting keeps a small SQL function from being inlined, which made it six times slower.
select is_empty(
    $$
    select p.oid::regprocedure, p.proconfig
    from pg_proc as p
    inner join pg_language as l on l.oid = p.prolang and l.lanname = 'sql'
    where p.pronamespace in ('vin'::regnamespace, 'decoder'::regnamespace) and p.proconfig is not null
    $$,
    'small SQL functions have no settings'
);

select * from finish();
rollback;
