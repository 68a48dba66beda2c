-- For everybody: where a file lies on the machine, which worker ran and why somebody forced a run is not among it.
-- A run is shown by four phases, not by its ninety steps: loads come one a table.
create or replace function api.rebuilds(most int default 10)
    returns jsonb
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        select coalesce(jsonb_agg(
            jsonb_build_object(
                'runId', r.run_id,
                'status', r.status,
                'startedAt', r.started_at,
                'finishedAt', r.finished_at,
                -- A run that died goes on until the next one begins; its last sign of life is nearer the truth.
                'seconds', round(extract(epoch from coalesce(r.finished_at, r.beat_at, statement_timestamp()) - r.started_at), 1),
                'source', case
                    when r.source_detail ? 'kind' then jsonb_build_object(
                        'kind', r.source_detail ->> 'kind', 'name', r.source_detail ->> 'name',
                        'version', r.source_detail ->> 'version', 'bytes', (r.source_detail ->> 'size')::bigint
                    )
                end,
                'dataVersion', coalesce(release.data_version, r.changes ->> 'dataVersion'),
                'isCurrent', coalesce(release.release_id = current.release_id, false),
                'step', case when r.finished_at is null then r.progress ->> 'step' end,
                'reason', etl.without_folders(r.reason),
                'rows', phase.loaded_rows,
                'phases', phase.seconds,
                'changes', r.changes
            )
            order by r.run_id desc
        ), '[]')
        from (select t.* from etl.run as t order by t.run_id desc limit least(greatest(rebuilds.most, 0), 100)) as r
        left join catalog.release as release on release.run_id = r.run_id
        left join catalog.current_release as current on true
        cross join lateral (
            select
                sum(k.row_count)::bigint as loaded_rows,
                coalesce(jsonb_object_agg(k.phase, round(k.seconds, 1)), '{}') as seconds
            from (
                select
                    named.phase,
                    sum(s.row_count) filter (where named.phase = 'load') as row_count,
                    coalesce(sum(extract(epoch from s.duration)), 0) as seconds
                from etl.run_step as s
                cross join lateral (
                    select case
                        when s.step = 'open' then 'fetch'
                        when s.step like 'load %' then 'load'
                        when s.step in ('check', 'prune') then 'check'
                        else 'compile'
                    end as phase
                ) as named
                where s.run_id = r.run_id and s.step not like 'skip %'
                group by named.phase
            ) as k
        ) as phase
    );
comment on function api.rebuilds(int) is
    'The last rebuilds, newest first, at most 100: how each ended, how long it and its phases took (seconds; fetch, load, compile, check), the rows it loaded, what its release changed. An empty array when there was none.';
grant execute on function api.rebuilds(int) to mvp_platform_user, mvp_platform_admin;
