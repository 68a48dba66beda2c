-- Who has had a transaction open for long?
-- When:    dead rows stay (:bloat); an old release is not dropped; a rebuild waits (:rebuild).
-- Columns: open_for: how long. xmin_age: how many transactions have begun since the oldest that it may still see; no dead row younger
--          than that can go. blocks: how many wait for it.
-- Next:    idle in transaction, for minutes, of a program: select pg_terminate_backend(pid). A prepared transaction: commit prepared or
--          rollback prepared. A replication slot that nobody reads: :replication.
select
    a.pid::text as who, a.usename as login, a.application_name as application, a.state, statement_timestamp() - a.xact_start as open_for,
    age(a.backend_xmin) as xmin_age,
    (select count(*) from pg_stat_activity as w where a.pid = any(pg_blocking_pids(w.pid))) as blocks, left(a.query, 100) as query
from pg_stat_activity as a
where a.xact_start is not null and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
union all
select 'prepared ' || p.gid, p.owner, null, 'prepared', statement_timestamp() - p.prepared, age(p.transaction), null, null
from pg_prepared_xacts as p
order by open_for desc nulls last
limit 15;
