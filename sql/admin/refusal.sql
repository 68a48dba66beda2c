create or replace view admin.refusal as
select
    r.run_id, r.source, r.status, r.started_at, r.finished_at, f.check_name, coalesce(f.reason, r.reason) as reason, f.found,
    coalesce(f.is_overridden, false) as is_overridden, r.forced_reason, r.last_step
from admin.run as r
left join etl.refusal as f on f.run_id = r.run_id
where r.status in ('failed', 'cancelled', 'refused') or f.run_id is not null;
comment on view admin.refusal is
    'Rebuilds that published nothing, or only because they were forced: one row a gate that objected (its view is admin.<check_name>), else one with the reason why the run ended.';
grant select on admin.refusal to mvp_platform_admin, mvp_platform_etl, mvp_platform_graphql;
