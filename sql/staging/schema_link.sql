create or replace view staging.schema_link as
select
    l.wmiid as wmi_id,
    l.vinschemaid as schema_id,
    l.yearfrom as year_from,
    -- An open end, NHTSA's own far year.
    coalesce(l.yearto, 2999) as year_to
from vpic.wmi_vinschema as l;
comment on view staging.schema_link is 'Which schema describes which WMI in which model years.';
