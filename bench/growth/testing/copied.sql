-- For each identifier its makes, and the patterns that name a model of such a make.
select
    w.wmi, case when coalesce(s.original, w.wmi) = '1HG' then 3 else 6 end as characters,
    count(distinct wm.makeid) as makes, count(distinct p.id) as patterns
from vpic.wmi as w
left join bench.synthetic_wmi as s on s.wmi = w.wmi
left join vpic.wmi_make as wm on wm.wmiid = w.id
left join vpic.make_model as mm on mm.makeid = wm.makeid
left join vpic.wmi_vinschema as l on l.wmiid = w.id
left join vpic.pattern as p on p.vinschemaid = l.vinschemaid and p.elementid = 28 and p.attributeid = mm.modelid::text
group by w.wmi, s.original;
