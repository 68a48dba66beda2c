-- The server's metrics count jobs by queue and state through a function of schema api, which has the owner's rights and no
-- others. The tables are pg-boss's own and may be there already or come later, hence both grants, given by the role that owns them.
set local role mvp_platform_etl;

grant usage on schema pgboss to mvp_platform_owner;
grant select on all tables in schema pgboss to mvp_platform_owner;
alter default privileges in schema pgboss grant select on tables to mvp_platform_owner;
