-- The job queue's own schema. pg-boss makes and migrates its tables in it whenever a worker of a newer version starts, so
-- the schema belongs to the role that workers take: it needs no right to create a schema, and no other right of the owner.
create schema pgboss authorization mvp_platform_etl;
comment on schema pgboss is 'The job queue (pg-boss): its tables are pg-boss''s own and nobody else''s to write.';

-- Operators look at the jobs. The tables come later, hence the default.
grant usage on schema pgboss to mvp_platform_admin;
alter default privileges for role mvp_platform_etl in schema pgboss grant select on tables to mvp_platform_admin;
