-- 1900: before any VIN of 17 characters (1981) by far; NHTSA writes whole careers of a WMI from 1980 or so on.
create or replace view admin.implausible_link_year as
select
    l.id as link_id,
    l.wmiid as wmi_id,
    l.vinschemaid as schema_id,
    l.yearfrom as year_from,
    l.yearto as year_to,
    case
        when l.yearfrom is null then 'no first year'
        when l.yearfrom < 1900 then 'begins before 1900'
        else 'ends before it begins'
    end as reason
from vpic.wmi_vinschema as l
where l.yearfrom is null or l.yearfrom < 1900 or l.yearto < l.yearfrom;
comment on view admin.implausible_link_year is
    'Links between a WMI and a schema with years that cannot be: none, before 1900, backwards. Too many of them refuse a publish: admin.excessive_finding.';
grant select on admin.implausible_link_year to mvp_platform_admin, mvp_platform_etl;
