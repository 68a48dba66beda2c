create or replace function api.status()
    returns jsonb
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        select jsonb_build_object(
            'dataVersion', r.data_version,
            'releaseId', r.release_id,
            'source', r.source,
            'sourceDetail', run.source_detail,
            'builtAt', r.built_at,
            'publishedAt', c.published_at,
            'ageSeconds', floor(extract(epoch from statement_timestamp() - r.built_at))::bigint,
            'rowCounts', (
                select jsonb_object_agg(s.step, s.row_count)
                from etl.run_step as s
                where s.run_id = r.run_id and s.row_count is not null and s.step not like 'load %'
            ),
            'lastRun', (
                select jsonb_build_object(
                    'runId', l.run_id, 'status', l.status, 'startedAt', l.started_at, 'finishedAt', l.finished_at, 'reason', l.reason
                )
                from etl.run as l
                order by l.run_id desc
                limit 1
            )
        )
        from (select decoder.current_release_id() as release_id) as current
        inner join catalog.current_release as c on c.release_id = current.release_id
        inner join catalog.release as r on r.release_id = c.release_id
        inner join etl.run as run on run.run_id = r.run_id
    );
comment on function api.status() is 'The published data: version, source, rows, age in seconds, and how the last rebuild ended. VP503 when nothing is published.';
grant execute on function api.status() to mvp_platform_user, mvp_platform_admin;
