-- One call a scrape. Times are seconds, ages instead of clock times: the reader's clock may differ.
create or replace function api.metrics()
    returns jsonb
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        select jsonb_build_object(
            'release', case
                when r.release_id is not null
                    then jsonb_build_object(
                        'dataVersion', r.data_version,
                        'ageSeconds', extract(epoch from statement_timestamp() - r.built_at),
                        'goodAgeSeconds', extract(epoch from statement_timestamp() - good.at),
                        'isStale', coalesce(statement_timestamp() - good.at > s.max_age, false),
                        'isOutdated', etl.is_outdated(),
                        'rows', coalesce(
                            (
                                select jsonb_object_agg(t.step, t.row_count)
                                from etl.run_step as t
                                where t.run_id = r.run_id and t.row_count is not null and t.step not like 'load %'
                            ),
                            '{}'
                        )
                    )
            end,
            'workerAgeSeconds', extract(epoch from statement_timestamp() - s.seen_at),
            'nextInSeconds', extract(epoch from s.next_at - statement_timestamp()),
            'lastRun', (
                select jsonb_build_object('runId', l.run_id, 'status', l.status)
                from etl.run as l
                order by l.run_id desc
                limit 1
            ),
            'runs', coalesce(
                (
                    select jsonb_agg(
                        jsonb_build_object(
                            'status', by_status.status,
                            'count', by_status.run_count,
                            'ageSeconds', extract(epoch from statement_timestamp() - l.finished_at),
                            'durationSeconds', extract(epoch from l.finished_at - l.started_at),
                            'loadedRows', (
                                select sum(t.row_count)
                                from etl.run_step as t
                                where t.run_id = l.run_id and t.step like 'load %'
                            ),
                            'peakMemoryBytes', l.peak_memory
                        )
                        order by by_status.status
                    )
                    from (
                        select e.status, count(*) as run_count, max(e.run_id) as last_id
                        from etl.run as e
                        where e.finished_at is not null
                        group by e.status
                    ) as by_status
                    inner join etl.run as l on l.run_id = by_status.last_id
                ),
                '[]'
            ),
            'jobs', coalesce(
                (
                    select jsonb_agg(jsonb_build_object('queue', j.queue, 'state', j.state, 'count', j.job_count) order by j.queue, j.state)
                    from etl.count_jobs() as j
                ),
                '[]'
            )
        )
        from (select) as one
        left join etl.schedule as s on true
        left join catalog.current_release as c on true
        left join catalog.release as r on r.release_id = c.release_id
        cross join lateral (select coalesce(etl.last_good_at(), r.built_at) as at) as good
    );
comment on function api.metrics() is
    'What Prometheus is told of the data: the published release (null when there is none), its age and rows, rebuilds by how they ended with the last of each, the worker, jobs by queue and state. Seconds and bytes.';
grant execute on function api.metrics() to mvp_platform_user, mvp_platform_admin;
