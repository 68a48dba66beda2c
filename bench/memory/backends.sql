-- The server's processes as it names them; this session's own is left out.
select a.pid, a.backend_type, coalesce(nullif(a.application_name, ''), a.backend_type) as name
from pg_stat_activity as a
where a.pid <> pg_backend_pid()
order by a.backend_type <> 'client backend', name, a.pid;
