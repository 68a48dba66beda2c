begin;
select plan(6);

select is_empty(
    $$
    select p.oid::regprocedure
    from pg_proc as p
    inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where coalesce(obj_description(p.oid, 'pg_proc'), '') = ''
    $$,
    'every function and procedure says what it does'
);

select is_empty(
    $$
    select c.oid::regclass
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
        and not c.relispartition
        -- NHTSA's tables under NHTSA's names: the comment on the schema speaks for them.
        and (n.nspname <> 'vpic' or c.relname = 'lookup')
        and coalesce(obj_description(c.oid, 'pg_class'), obj_description(c.reltype, 'pg_type'), '') = ''
    $$,
    'every table, view and composite type says what a row is'
);

select is_empty(
    $$
    select t.oid::regtype
    from pg_type as t
    inner join pg_namespace as n on n.oid = t.typnamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where t.typtype in ('d', 'e', 'r') and coalesce(obj_description(t.oid, 'pg_type'), '') = ''
    $$,
    'every domain, enum and range type'
);

select is_empty(
    $$
    select n.nspname
    from pg_namespace as n
    where n.nspowner = 'mvp_platform_owner'::regrole
        and n.nspname not like 'pg\_%'
        and coalesce(obj_description(n.oid, 'pg_namespace'), '') = ''
    $$,
    'every schema'
);

select is_empty(
    $$
    select r.rolname
    from pg_roles as r
    where r.rolname like 'mvp\_platform\_%' and coalesce(shobj_description(r.oid, 'pg_authid'), '') = ''
    $$,
    'every role'
);

select is_empty(
    $$
    select d.objoid::regprocedure, d.description
    from pg_description as d
    inner join pg_proc as p on p.oid = d.objoid
    inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
    where d.classoid = 'pg_proc'::regclass and (d.description !~ '\.$' or d.description ~* '\m(todo|fixme|xxx|tbd)\M')
    $$,
    'a comment is a sentence, and finished'
);

select * from finish();
rollback;
