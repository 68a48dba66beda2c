create or replace view admin.run as
select
    r.run_id,
    r.source,
    r.source_detail,
    r.status,
    r.started_at,
    r.finished_at,
    -- A dead run goes on until the next one begins.
    coalesce(r.finished_at, statement_timestamp()) - r.started_at as duration,
    r.reason,
    r.forced_reason,
    c.release_id,
    coalesce(c.data_version, r.changes ->> 'dataVersion') as data_version,
    s.loaded_rows,
    s.loaded_bytes,
    r.peak_memory,
    s.last_step,
    s.last_step_at,
    r.progress ->> 'step' as current_step,
    floor(100 * (
        (r.progress ->> 'done')::numeric
        + (r.progress ->> 'share')::numeric * least(1, coalesce(
            (r.progress ->> 'bytes')::numeric / nullif((r.progress ->> 'totalBytes')::numeric, 0),
            (r.progress ->> 'rows')::numeric / nullif((r.progress ->> 'totalRows')::numeric, 0),
            0
        ))
    ))::int as percent,
    r.beat_at,
    r.cancel_requested_at,
    r.job_id,
    r.worker,
    etl.render_changes(r.changes) as report
from etl.run as r
left join catalog.release as c on c.run_id = r.run_id
left join lateral (
    select
        sum(t.row_count) filter (where t.step like 'load %')::bigint as loaded_rows,
        sum(t.byte_count) filter (where t.step like 'load %')::bigint as loaded_bytes,
        (array_agg(t.step order by t.ordinal desc))[1] as last_step,
        max(t.started_at + coalesce(t.duration, interval '0')) as last_step_at
    from etl.run_step as t
    where t.run_id = r.run_id
) as s on true;
comment on view admin.run is
    'Every rebuild: what it loaded, how far it is or came, how long it took and how it ended, what changed; the release, while it is there.';
comment on column admin.run.percent is 'How far a run is that is on; null when it is over.';
comment on column admin.run.peak_memory is 'Bytes.';
grant select on admin.run to mvp_platform_admin, mvp_platform_etl, mvp_platform_graphql;
