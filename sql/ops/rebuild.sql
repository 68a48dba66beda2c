-- How far is the rebuild, and what does it wait for?
-- When:    it takes longer than the minutes it usually takes; etl run says that another one is running.
-- Columns: 1 the newest run: current_step and percent; beat_ago is its last sign of life, twice a second while it lives.
--          2 its connections: wait_event says what each waits for, blocked_by names the processes in front of it.
--          3 who is in front: xact_ago is how long that transaction has been open.
--          4 jobs that are queued, wait for their next attempt (start_after) or run.
-- Next:    beat_ago of minutes: the worker is gone; the next start of one cleans up. blocked_by: look at 3, end it with
--          select pg_terminate_backend(pid) when it has been idle in its transaction. wait_event IO for long: the disk, :sizes.
--          To end the rebuild: select admin.cancel_rebuild('why');
\echo '1 the newest run'
select
    r.run_id, r.status, r.source, r.current_step, r.percent, r.duration, statement_timestamp() - r.beat_at as beat_ago, r.worker,
    r.cancel_requested_at, r.last_step, r.reason
from admin.run as r
order by r.run_id desc
limit 1
\gx
\echo '2 its connections'
select
    a.pid, a.application_name, a.state, statement_timestamp() - a.query_start as since, a.wait_event_type, a.wait_event,
    pg_blocking_pids(a.pid) as blocked_by, left(a.query, 100) as query
from pg_stat_activity as a
where a.datname = current_database() and a.application_name like 'mvp-platform-vehicles etl%'
order by a.query_start;
\echo '3 who is in front of anybody here'
select distinct
    b.pid, b.usename, b.application_name, b.state, statement_timestamp() - b.xact_start as xact_ago, left(b.query, 100) as query
from pg_stat_activity as a
cross join lateral unnest(pg_blocking_pids(a.pid)) as f (pid)
inner join pg_stat_activity as b on b.pid = f.pid
where a.datname = current_database();
\echo '4 its jobs'
select j.job_id, j.state, j.retry_count, j.start_after, j.started_at, j.heartbeat_at, j.data
from admin.job as j
where j.queue = 'rebuild' and j.state in ('created', 'retry', 'active');
