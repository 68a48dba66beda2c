-- Which indexes are used?
-- When:    statements are slow (:slow), or an index is to go.
-- Columns: 1 indexes of the catalog, the partitions of all releases together: scans since the statistics were reset. 2 tables that are
--          read from one end to the other: rows_a_scan is what that costs. A small one is read so on purpose.
-- Next:    a large index without scans, weeks after the reset and with requests of every kind: its remark "Serves:" in migrations/ names who
--          was to use it. A large table with many scans: a plan has changed, analyze it.
\echo '1 indexes'
select
    regexp_replace(s.relname, '_r\d+$', '') as table_name, regexp_replace(s.indexrelname, '_r\d+', '') as index_name,
    sum(s.idx_scan) as scans, pg_size_pretty(sum(pg_relation_size(s.indexrelid))) as size
from pg_stat_user_indexes as s
where s.schemaname = 'catalog'
group by 1, 2
order by scans, sum(pg_relation_size(s.indexrelid)) desc
limit 25;
\echo '2 tables read from one end to the other'
select
    regexp_replace(s.relname, '_r\d+$', '') as table_name, sum(s.seq_scan) as scans,
    round(sum(s.seq_tup_read) / nullif(sum(s.seq_scan), 0)) as rows_a_scan, sum(s.n_live_tup) as rows
from pg_stat_user_tables as s
where s.schemaname = 'catalog'
group by 1
having sum(s.seq_scan) > 0
order by sum(s.seq_tup_read) desc
limit 10;
\echo 'counted since'
select d.stats_reset from pg_stat_database as d where d.datname = current_database();
