begin;
select plan(2);

select is_empty('select * from etl.list_jobs()', 'no worker has ever started');
set local role mvp_platform_etl;
-- Of pg-boss's table what is read here; that it is there is seen where pg-boss makes it (test/e2e/admin.test.ts).
create table pgboss.job (
    id uuid, name text, state text, data jsonb, output jsonb, retry_count int, retry_limit int, created_on timestamptz,
    start_after timestamptz, started_on timestamptz, completed_on timestamptz, heartbeat_on timestamptz
);
insert into pgboss.job (id, name, state, data) values ('00000000-0000-0000-0000-000000000001', 'rebuild', 'created', '{}');
set local role mvp_platform_graphql;
select results_eq('select queue, state, data from admin.job', $$ values ('rebuild', 'created', '{}'::jsonb) $$, 'what the queue remembers');

select * from finish();
rollback;
