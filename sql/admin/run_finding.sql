create or replace view admin.run_finding as
select f.run_id, f.check_name, f.row_count, f.affected_count, f.base_count
from etl.finding as f;
comment on view admin.run_finding is 'What the checks on the raw rows found in each run. The rows themselves are shown by admin.<check_name>, for the newest run.';
comment on column admin.run_finding.base_count is 'What affected_count is a share of.';
grant select on admin.run_finding to mvp_platform_admin, mvp_platform_graphql;
