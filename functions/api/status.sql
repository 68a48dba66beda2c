create or replace function api.status()
    returns jsonb
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        select jsonb_build_object(
            'dataVersion', r.data_version,
            'releaseId', r.release_id,
            'source', etl.without_folders(r.source),
            'sourceDetail', run.source_detail - 'path',
            'builtAt', r.built_at,
            'publishedAt', c.published_at,
            'ageSeconds', floor(extract(epoch from statement_timestamp() - r.built_at))::bigint,
            'lastGoodAt', good.at,
            'lastGoodAgeSeconds', floor(extract(epoch from statement_timestamp() - good.at))::bigint,
            'maxAgeSeconds', extract(epoch from s.max_age)::bigint,
            'isStale', coalesce(statement_timestamp() - good.at > s.max_age, false),
            'isOutdated', etl.is_outdated(),
            -- Not by whom nor why: this is told in public.
            'pinnedUntil', (etl.pin_in_force()).expires_at,
            'rowCounts', (
                select jsonb_object_agg(t.step, t.row_count)
                from etl.run_step as t
                where t.run_id = r.run_id and t.row_count is not null and t.step not like 'load %'
            ),
            'nextRunAt', s.next_at,
            'schedule', s.cron,
            'timezone', s.timezone,
            'workerSeenAt', s.seen_at,
            'lastRun', (
                select jsonb_build_object(
                    'runId', l.run_id, 'status', l.status, 'startedAt', l.started_at, 'finishedAt', l.finished_at, 'reason', etl.without_folders(l.reason),
                    'step', l.progress ->> 'step'
                )
                from etl.run as l
                order by l.run_id desc
                limit 1
            ),
            'lastError', (
                select jsonb_build_object('runId', l.run_id, 'status', l.status, 'finishedAt', l.finished_at, 'reason', etl.without_folders(l.reason))
                from etl.run as l
                where l.status in ('failed', 'refused')
                order by l.run_id desc
                limit 1
            )
        )
        from (select decoder.current_release_id() as release_id) as current
        inner join catalog.current_release as c on c.release_id = current.release_id
        inner join catalog.release as r on r.release_id = c.release_id
        inner join etl.run as run on run.run_id = r.run_id
        left join etl.schedule as s on true
        cross join lateral (select coalesce(etl.last_good_at(), r.built_at) as at) as good
    );
comment on function api.status() is
    'The published data: version, source, rows, age in seconds since it was built and since a rebuild last ended well, whether it was made before the newest migration, until when it is pinned; when the next one is due, how the last ended, what went wrong last. VP503 when nothing is published.';
grant execute on function api.status() to mvp_platform_user, mvp_platform_admin;
