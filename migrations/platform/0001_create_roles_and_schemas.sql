-- Roles and schemas, in the data's order. Roles belong to the whole server, so another database of the same
-- server may have made them already; they carry no login, a deployment grants them to logins of its own.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['mvp_platform_owner', 'mvp_platform_etl', 'mvp_platform_user', 'mvp_platform_admin']
    loop
        begin
            if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
                execute pg_catalog.format('create role %I nologin', wanted);
            end if;
        exception
            -- Two databases of one server being migrated at once.
            when duplicate_object or unique_violation then
                null;
        end;
        -- Since PostgreSQL 16 who creates a role is a member of it without the right to take it.
        if current_setting('server_version_num')::int >= 160000 then
            if not pg_catalog.pg_has_role(current_user, wanted, 'set') then
                execute pg_catalog.format('grant %I to current_user with inherit true, set true', wanted);
            end if;
        elsif not pg_catalog.pg_has_role(current_user, wanted, 'member') then
            execute pg_catalog.format('grant %I to current_user', wanted);
        end if;
    end loop;
    execute pg_catalog.format('grant create, temporary on database %I to mvp_platform_owner', current_database());
end;
$$;

comment on role mvp_platform_owner is 'Owns every object of mvp-platform-vehicles; nobody logs in as it.';
comment on role mvp_platform_etl is 'The rebuild: fills vpic, compiles, publishes.';
comment on role mvp_platform_user is 'The server: may execute schema api and nothing else.';
comment on role mvp_platform_admin is 'Operators and the admin endpoint.';

set local role mvp_platform_owner;

create schema vpic;
comment on schema vpic is 'Raw rows of the last rebuild under NHTSA''s own names.';
create schema staging;
comment on schema staging is 'Views over vpic with our names and types; no row is dropped.';
create schema catalog;
comment on schema catalog is 'Compiled releases, one partition each; what a decode reads.';
create schema vin;
comment on schema vin is 'Pure VIN mechanics: text in, value out, no table.';
create schema decoder;
comment on schema decoder is 'Match and score; reads catalog, the release is passed down.';
create schema api;
comment on schema api is 'The contract: all that the server may call.';
create schema admin;
comment on schema admin is 'Views and actions for operators.';
create schema etl;
comment on schema etl is 'Runs, compile steps, publish and rollback.';

grant usage on schema api to mvp_platform_user, mvp_platform_admin, mvp_platform_etl;
grant usage on schema vpic, etl to mvp_platform_etl;
grant usage on schema etl to mvp_platform_admin;
grant usage on schema admin to mvp_platform_admin, mvp_platform_etl;

alter default privileges for role mvp_platform_owner revoke execute on functions from public;

-- NHTSA's functions upper-case by the simple Unicode mapping (one character in, one out), whatever the
-- database's locale says. PostgreSQL 17 brings that rule itself; before, the C library's C.UTF-8 has it.
do $$
begin
    if current_setting('server_version_num')::int >= 170000 then
        create collation vin.simple_case (provider = builtin, locale = 'C.UTF-8');
    else
        create collation vin.simple_case (provider = libc, locale = 'C.UTF-8');
    end if;
end;
$$;
comment on collation vin.simple_case is 'Upper-casing by the simple Unicode mapping, the same on every server.';
