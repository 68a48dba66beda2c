-- Containers without an operator: logins and their passwords, by psql, after platform-roles.sql.
\set ON_ERROR_STOP on
\getenv secrets SECRETS
\cd :secrets
\set migrator `cat platform-migrator-password`
\set server `cat platform-server-password`
alter role mvp_platform_migrator password :'migrator';
create role mvp_platform_server login password :'server' in role mvp_platform_user, mvp_platform_graphql, mvp_platform_jobs;
