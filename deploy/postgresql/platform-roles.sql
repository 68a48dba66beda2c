-- Once, as the superuser, in an empty mvp-platform-vehicles: who may migrate and rebuild, and what a login that only serves will be
-- a member of. The migrations make the other roles (docs/adr/0008); this one comes first so that a login can be given it before they ran.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'mvp_platform_migrator') then
        create role mvp_platform_migrator login;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'mvp_platform_user') then
        create role mvp_platform_user nologin;
    end if;
    -- No superuser: it makes roles, and owns what is in this database.
    alter role mvp_platform_migrator createrole;
    grant mvp_platform_user to mvp_platform_migrator with admin option;
    execute pg_catalog.format('alter database %I owner to mvp_platform_migrator', current_database());
end;
$$;
