-- Once, as the superuser, in an empty motovaultpro: who may migrate, and what a login that only serves will be a member of.
do $$
declare
    wanted text;
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'mvp_main_migrator') then
        create role mvp_main_migrator login;
    end if;
    alter role mvp_main_migrator createrole;
    foreach wanted in array array['mvp_main_user', 'mvp_main_worker']
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
            execute pg_catalog.format('create role %I nologin', wanted);
        end if;
        execute pg_catalog.format('grant %I to mvp_main_migrator with admin option', wanted);
    end loop;
    execute pg_catalog.format('alter database %I owner to mvp_main_migrator', current_database());
end;
$$;
