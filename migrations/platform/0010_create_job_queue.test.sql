-- What pg-boss needs is tried by starting it: etl/worker.test.ts.
begin;
select plan(4);

select is(
    (select n.nspowner::regrole::text from pg_namespace as n where n.nspname = 'pgboss'), 'mvp_platform_etl',
    'the queue belongs to the role of the workers'
);
select ok(
    not has_database_privilege('mvp_platform_etl', current_database(), 'create'), 'which may make no schema of its own'
);

set local role mvp_platform_etl;
create table pgboss.tried (id int);
reset role;
select is_empty(
    $$
    select r.role_name, p.privilege
    from unnest(array['mvp_platform_owner', 'mvp_platform_admin', 'mvp_platform_user']) as r (role_name)
    cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as p (privilege)
    where has_table_privilege(r.role_name, 'pgboss.tried', p.privilege) <> (p.privilege = 'select' and r.role_name <> 'mvp_platform_user')
    $$,
    'operators read its tables, and the owner for those who call its functions; the server does not, nobody else writes'
);
select is_empty(
    $$ select from unnest(array['mvp_platform_user', 'public']) as r (role_name) where has_schema_privilege(r.role_name, 'pgboss', 'usage') $$,
    'nor does the server look into the schema'
);

select * from finish();
rollback;
