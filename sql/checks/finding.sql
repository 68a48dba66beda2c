-- base_count is what the rows found are a share of; a malformed key stands for all the patterns that it costs.
create or replace view admin.finding as
select f.check_name, f.row_count, f.affected_count, f.base_count
from (
    select 'orphan_schema_link' as check_name, count(*) as row_count, count(*) as affected_count, (select count(*) from vpic.wmi_vinschema) as base_count
    from admin.orphan_schema_link
    union all
    select 'orphan_pattern', count(*), count(*), (select count(*) from vpic.pattern) from admin.orphan_pattern
    union all
    select 'orphan_make_model', count(*), count(*), (select count(*) from vpic.make_model) from admin.orphan_make_model
    union all
    select 'malformed_key', count(*), coalesce(sum(k.pattern_count), 0)::bigint, (select count(*) from vpic.pattern) from admin.malformed_key as k
    union all
    select 'wmi_without_make', count(*), count(*), (select count(*) from vpic.wmi) from admin.wmi_without_make
    union all
    select 'duplicate_pattern', count(*), coalesce(sum(d.row_count), 0)::bigint, (select count(*) from vpic.pattern) from admin.duplicate_pattern as d
    union all
    select 'implausible_link_year', count(*), count(*), (select count(*) from vpic.wmi_vinschema) from admin.implausible_link_year
    union all
    select
        'rejected_row', count(*), coalesce(sum(r.row_count), 0)::bigint,
        (
            select coalesce(sum(s.row_count), 0)::bigint
            from etl.run_step as s
            where s.run_id = (select max(newest.run_id) from etl.run as newest) and s.step like 'load %'
        )
    from admin.rejected_row as r
) as f;
comment on view admin.finding is
    'Every check on the raw rows of the newest run with the rows it finds; the view admin.<check_name> shows them. Too many of them refuse a publish: admin.excessive_finding.';
grant select on admin.finding to mvp_platform_admin, mvp_platform_etl;
