create or replace view admin.orphan_schema_link as
select
    l.id as link_id,
    l.wmiid as wmi_id,
    l.vinschemaid as schema_id,
    l.yearfrom as year_from,
    l.yearto as year_to,
    case when w.id is null and s.id is null then 'no such WMI, no such schema' when w.id is null then 'no such WMI' else 'no such schema' end
        as reason
from vpic.wmi_vinschema as l
left join vpic.wmi as w on w.id = l.wmiid
left join vpic.vinschema as s on s.id = l.vinschemaid
where w.id is null or s.id is null;
comment on view admin.orphan_schema_link is
    'Links between a WMI and a schema of which one does not exist: they decode nothing. Too many of them refuse a publish: admin.excessive_finding.';
grant select on admin.orphan_schema_link to mvp_platform_admin, mvp_platform_etl;
