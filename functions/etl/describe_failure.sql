-- "text" is the key that chat webhooks show; the rest is for programs.
create or replace function etl.describe_failure(run_id int, job_id uuid, said text)
    returns jsonb
    language sql
    stable security definer
    set search_path = pg_catalog
    return (
        select jsonb_build_object(
            'event', case when r.status = 'refused' then 'rebuild-refused' else 'rebuild-failed' end,
            'service', 'mvp-platform-vehicles',
            'text', format(
                'mvp-platform-vehicles: the rebuild %s: %s. %s',
                case when r.status = 'refused' then 'was refused' else 'failed' end,
                coalesce(r.reason, describe_failure.said, 'nobody knows why'),
                coalesce(
                    'Data version ' || c.data_version || ' of ' || to_char(c.built_at at time zone 'UTC', 'YYYY-MM-DD') || ' stays.',
                    'There is no data yet.'
                )
            ),
            'reason', coalesce(r.reason, describe_failure.said),
            'runId', r.run_id,
            'source', r.source,
            'startedAt', r.started_at,
            'finishedAt', r.finished_at,
            'refusals', coalesce((
                select jsonb_agg(jsonb_build_object('check', f.check_name, 'reason', f.reason) order by f.ordinal)
                from (select f.* from etl.refusal as f where f.run_id = r.run_id order by f.ordinal limit 20) as f
            ), '[]'),
            'dataVersion', c.data_version,
            'lastGoodAt', etl.last_good_at()
        )
        from (select describe_failure.said as said) as given
        left join lateral (
            select t.*
            from etl.run as t
            where t.run_id = describe_failure.run_id or (describe_failure.run_id is null and t.job_id = describe_failure.job_id)
            order by t.run_id desc
            limit 1
        ) as r on true
        left join (
            select v.data_version, v.built_at
            from catalog.current_release as p
            inner join catalog.release as v on v.release_id = p.release_id
        ) as c on true
    );
comment on function etl.describe_failure(int, uuid, text) is
    'What an alert says about a rebuild that failed or was refused, by its run or the newest run of its job, either of which may be null; said is what the program knows.';
grant execute on function etl.describe_failure(int, uuid, text) to mvp_platform_etl;
