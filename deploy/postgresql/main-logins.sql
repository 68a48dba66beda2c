-- Containers without an operator: logins and their passwords, by psql, after main-roles.sql.
\set ON_ERROR_STOP on
\getenv secrets SECRETS
\cd :secrets
\set migrator `cat main-migrator-password`
\set server `cat main-server-password`
alter role mvp_main_migrator password :'migrator';
create role mvp_main_server login password :'server' in role mvp_main_user, mvp_main_worker;
