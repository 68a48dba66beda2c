-- Roles and schema of the main database. Roles belong to the whole server, so another database of the same server may have
-- made them already; they carry no login, a deployment grants them to logins of its own.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['mvp_main_owner', 'mvp_main_user', 'mvp_main_worker']
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
    execute pg_catalog.format('grant create, temporary on database %I to mvp_main_owner', current_database());
end;
$$;

comment on role mvp_main_owner is 'Owns the users'' vehicles; nobody logs in as it.';
comment on role mvp_main_user is 'The server on behalf of one user: that user''s vehicles and no other''s.';
comment on role mvp_main_worker is 'The completion of vehicles: their VINs and what those say, not whose they are.';

set local role mvp_main_owner;

create schema garage;
comment on schema garage is 'The users'' vehicles.';
grant usage on schema garage to mvp_main_user, mvp_main_worker;

alter default privileges for role mvp_main_owner revoke execute on functions from public;
