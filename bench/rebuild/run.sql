-- The newest run as a whole: how it ended, when it was over, what it took.
select
    r.status, r.reason, r.data_version, extract(epoch from r.duration)::float8 as seconds, r.loaded_rows::float8 as rows,
    r.peak_memory::float8 as peak_memory
from admin.run as r
order by r.run_id desc
limit 1;
