create or replace view admin.job as
select
    j.job_id, j.queue, j.state, j.data, j.output, j.retry_count, j.retry_limit, j.created_at, j.start_after, j.started_at, j.completed_at,
    j.heartbeat_at
from etl.list_jobs() as j;
comment on view admin.job is 'Jobs of the queue and their states: created, retry, active, completed, cancelled, failed. The page /admin/jobs shows and changes them.';
grant select on admin.job to mvp_platform_admin, mvp_platform_graphql;
