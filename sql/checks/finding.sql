create or replace view admin.finding as
select f.check_name, f.row_count
from (
    select 'orphan_schema_link' as check_name, (select count(*) from admin.orphan_schema_link) as row_count
    union all
    select 'orphan_pattern', (select count(*) from admin.orphan_pattern)
    union all
    select 'orphan_make_model', (select count(*) from admin.orphan_make_model)
    union all
    select 'malformed_key', (select count(*) from admin.malformed_key)
    union all
    select 'wmi_without_make', (select count(*) from admin.wmi_without_make)
    union all
    select 'duplicate_pattern', (select count(*) from admin.duplicate_pattern)
    union all
    select 'implausible_link_year', (select count(*) from admin.implausible_link_year)
    union all
    select 'rejected_row', (select coalesce(sum(r.row_count), 0) from admin.rejected_row as r)::bigint
) as f;
comment on view admin.finding is
    'Every check on the raw rows of the newest run with the rows it finds; the view admin.<check_name> shows them. Tells, does not refuse a publish yet.';
grant select on admin.finding to mvp_platform_admin, mvp_platform_etl;
