create or replace function etl.describe_run(run_id int, job_id uuid)
    returns jsonb
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        select jsonb_build_object(
            'runId', r.run_id,
            'status', r.status,
            'isOver', r.finished_at is not null,
            'progress', r.progress,
            'reason', r.reason,
            'dataVersion', r.changes ->> 'dataVersion',
            'report', etl.render_changes(r.changes)
        )
        from etl.run as r
        where r.run_id = describe_run.run_id or (describe_run.run_id is null and r.job_id = describe_run.job_id)
        order by r.run_id desc
        limit 1
    );
comment on function etl.describe_run(int, uuid) is
    'A run, or the newest run of a job, for who follows it: status, progress (see etl.run.progress), why it ended so, what it changed; null when there is none.';
grant execute on function etl.describe_run(int, uuid) to mvp_platform_etl;
