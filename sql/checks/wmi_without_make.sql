create or replace view admin.wmi_without_make as
select
    w.id as wmi_id,
    w.wmi,
    f.name as manufacturer_name,
    w.publicavailabilitydate as public_at,
    (select count(*) from vpic.wmi_vinschema as l where l.wmiid = w.id) as schema_link_count
from vpic.wmi as w
left join vpic.manufacturer as f on f.id = w.manufacturerid
where not exists (
    select
    from vpic.wmi_make as wm
    inner join vpic.make as m on m.id = wm.makeid
    where wm.wmiid = w.id
);
comment on view admin.wmi_without_make is
    'WMIs of which no make is known: their VINs have a make only by their model. NHTSA has a few. Too many more than before refuse a publish: admin.lost_make.';
grant select on admin.wmi_without_make to mvp_platform_admin, mvp_platform_etl;
