-- What the admin pages leave behind for ever: who did what and why, what was asked of the workers, pins; and two roles for the
-- pages. Neither is the operators' role, which reads more and acts without giving a reason.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['mvp_platform_graphql', 'mvp_platform_jobs']
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
end;
$$;

comment on role mvp_platform_graphql is '/admin/graphql: reads some views of schema admin and calls its actions, which are recorded.';
comment on role mvp_platform_jobs is '/admin/jobs: reads the job queue''s tables and nothing else.';

set local role mvp_platform_owner;

grant usage on schema admin to mvp_platform_graphql;

create table etl.action (
    action_id int primary key generated always as identity,
    action text not null,
    subject text not null,
    login text not null default session_user,
    reason text not null check (reason <> ''),
    detail jsonb not null default '{}',
    acted_at timestamptz not null default now()
);
comment on table etl.action is 'What people did by the admin pages or the functions of schema admin, and why. Written once, never changed.';
comment on column etl.action.subject is 'Whose token it was (sub); without one, the login of the database.';
comment on column etl.action.login is 'The login of the database: who sets a subject by hand in psql shows here.';

create table etl.job_request (
    action_id int primary key references etl.action,
    kind text not null check (kind in ('rebuild', 'cancel')),
    forced_reason text check (forced_reason <> ''),
    requested_at timestamptz not null default now(),
    settled_at timestamptz,
    job_id uuid,
    outcome text,
    check ((settled_at is null) = (outcome is null))
);
comment on table etl.job_request is
    'What was asked of the workers in SQL. They are notified (mvp_platform_job_request) and pass it on to the queue, whose tables only pg-boss writes.';

create table etl.pin (
    pin_id int primary key generated always as identity,
    release_id int not null,
    data_version text not null,
    reason text not null check (reason <> ''),
    pinned_by text not null,
    pinned_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ended_at timestamptz,
    ended_by text,
    end_reason text,
    check (expires_at > pinned_at),
    check ((ended_at is null) = (ended_by is null))
);
comment on table etl.pin is
    'Releases that nothing was to replace, and for how long. In force: not ended and not expired. No reference to the release: pins are remembered when it is gone.';
-- Serves: admin.pin_release, one pin at a time whoever pins at once.
create unique index pin_is_only on etl.pin ((true)) where ended_at is null;

reset role;
-- pg-boss makes its tables when a worker starts, hence the defaults; where one has started already they are there.
set local role mvp_platform_etl;
grant usage on schema pgboss to mvp_platform_owner, mvp_platform_jobs;
grant select on all tables in schema pgboss to mvp_platform_owner, mvp_platform_jobs;
alter default privileges in schema pgboss grant select on tables to mvp_platform_owner, mvp_platform_jobs;
