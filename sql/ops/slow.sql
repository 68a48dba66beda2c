-- Which statements take the time?
-- When:    decodes or dropdowns are slow and the machine is busy with PostgreSQL.
-- Columns: 1 what runs now for longer than 0.1 s. 2 with the extension pg_stat_statements: mean_ms and worst_ms a call, total_s in all,
--          read_share: which part of the blocks came from the disk rather than from memory.
-- Next:    read_share above a few percent: shared_buffers or the machine's memory is too small for the data, :sizes. One statement far
--          above the others: :indexes, :bloat. Everything slow at once: :connections, :transactions, and whether a rebuild is on, :rebuild.
\echo '1 what runs now'
select a.pid, a.application_name, statement_timestamp() - a.query_start as since, a.wait_event_type, a.wait_event, left(a.query, 100) as query
from pg_stat_activity as a
where a.datname = current_database() and a.state = 'active' and a.pid <> pg_backend_pid()
    and a.query_start < statement_timestamp() - interval '0.1 seconds'
order by a.query_start;
select count(*) > 0 as has_statistics from pg_extension where extname = 'pg_stat_statements' \gset
\if :has_statistics
\echo '2 what took the time since the statistics were reset'
select
    s.calls, round(s.mean_exec_time::numeric, 2) as mean_ms, round(s.max_exec_time::numeric, 1) as worst_ms,
    round((s.total_exec_time / 1000)::numeric) as total_s,
    round(s.shared_blks_read::numeric / nullif(s.shared_blks_read + s.shared_blks_hit, 0), 3) as read_share, left(s.query, 100) as query
from pg_stat_statements as s
inner join pg_database as d on d.oid = s.dbid and d.datname = current_database()
order by s.total_exec_time desc
limit 15;
\else
    \echo '2 there is no pg_stat_statements here: set shared_preload_libraries = pg_stat_statements, restart, and create extension pg_stat_statements;'
\endif
