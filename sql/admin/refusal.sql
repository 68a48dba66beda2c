create or replace view admin.refusal as
select r.run_id, r.source, r.status, r.reason, r.last_step, r.started_at, r.finished_at
from admin.run as r
where r.status in ('failed', 'refused');
comment on view admin.refusal is 'Rebuilds that published nothing: why, and the last step that they finished.';
grant select on admin.refusal to mvp_platform_admin, mvp_platform_etl;
