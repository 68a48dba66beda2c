create or replace view admin.rejected_row as
select r.table_name, r.reason, r.row_count, r.samples
from etl.rejection as r
where r.run_id = (select max(newest.run_id) from etl.run as newest);
comment on view admin.rejected_row is
    'Raw rows of the newest run that no release can hold, by table and reason, with some of them: they were left out. Too many of them refuse a publish: admin.excessive_finding.';
grant select on admin.rejected_row to mvp_platform_admin, mvp_platform_etl;
