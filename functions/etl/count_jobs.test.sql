begin;
select plan(3);

drop table if exists pgboss.job cascade;
select is_empty('select * from etl.count_jobs()', 'no queue, no rows');

-- As the worker makes it, so that its rights are those of the real one.
set local role mvp_platform_etl;
create table pgboss.job (name text, state text);
reset role;
select is_empty('select * from etl.count_jobs()', 'an empty queue');

insert into pgboss.job (name, state)
values ('rebuild', 'completed'), ('rebuild', 'completed'), ('rebuild', 'failed'), ('told', 'created'), ('__pgboss__send-it', 'active');
select results_eq(
    'select * from etl.count_jobs() order by 1, 2',
    $$ values ('rebuild', 'completed', 2::bigint), ('rebuild', 'failed', 1), ('told', 'created', 1) $$,
    'by queue and state, without those of the queue''s own house'
);

select * from finish();
rollback;
