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
    c.release_id,
    c.data_version,
    s.loaded_rows,
    s.loaded_bytes,
    s.last_step,
    s.last_step_at
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
comment on view admin.run is 'Every rebuild: what it loaded, how far it came, how long it took and how it ended; the release, while it is there.';
grant select on admin.run to mvp_platform_admin, mvp_platform_etl;
