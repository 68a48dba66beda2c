-- Once, as the superuser, in an empty mvp-platform-vehicles: who may migrate and rebuild, and what a login that only serves will be
-- a member of. The migrations make the other roles (docs/adr/0008); these come first so that a login can be given them before they ran.
do $$
declare
    wanted text;
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'mvp_platform_migrator') then
        create role mvp_platform_migrator login;
    end if;
    -- No superuser: it makes roles, and owns what is in this database.
    alter role mvp_platform_migrator createrole;
    foreach wanted in array array['mvp_platform_user', 'mvp_platform_graphql', 'mvp_platform_jobs']
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
            execute pg_catalog.format('create role %I nologin', wanted);
        end if;
        execute pg_catalog.format('grant %I to mvp_platform_migrator with admin option', wanted);
    end loop;
    execute pg_catalog.format('alter database %I owner to mvp_platform_migrator', current_database());
end;
$$;
