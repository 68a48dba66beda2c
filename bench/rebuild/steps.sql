-- Seconds of the newest run's parts; loads of tables are one.
select
    case when s.step like 'load %' then 'load the raw rows' else s.step end as step,
    sum(extract(epoch from s.duration))::float8 as seconds
from admin.run_step as s
where s.run_id = (select max(r.run_id) from admin.run as r) and s.duration is not null
group by 1
order by min(s.started_at);
