-- What is in the job queue?
-- When:    a rebuild was asked for and does not begin; an alert did not come.
-- Columns: 1 jobs by queue and state: created (waits for a worker), retry (waits until start_after), active, completed, cancelled, failed.
--          oldest: when the oldest of them was made. 2 the newest jobs; output is what came of them.
-- Next:    created for minutes: no worker is there, :fresh. retry: the reason is in its output, :refused. rebuild-dead-letter that is not
--          completed: somebody was to be told and could not be, see ALERT_WEBHOOK_URL and the worker's log.
\echo '1 queues'
select j.queue, j.state, count(*) as jobs, min(j.created_at) as oldest, min(j.start_after) filter (where j.state = 'retry') as next_attempt
from admin.job as j
group by j.queue, j.state
order by j.queue, j.state;
\echo '2 the newest jobs'
select j.queue, j.state, j.created_at, j.started_at, j.completed_at, j.retry_count || ' of ' || j.retry_limit as retries, j.data, j.output
from admin.job as j
order by j.created_at desc
limit 10;
