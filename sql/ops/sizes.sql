-- What takes the space?
-- When:    the disk fills; a rebuild failed for want of it.
-- Columns: 1 the database, and each release with its indexes; a rebuild needs room for one more, and for the raw rows.
--          2 the memo of decodes: rows and size. It has a limit and is emptied with its release.
--          3 the largest tables, indexes and out-of-line values included.
-- Next:    too many releases: ETL_KEEP_RELEASES. Much more than rows times their width: :bloat. A schema that is not ours: whose is it?
\echo '1 the database and its releases'
select 'database' as what, null as is_current, pg_size_pretty(pg_database_size(current_database())) as size
union all
select 'release ' || r.data_version, r.is_current, pg_size_pretty(sum(pg_total_relation_size(c.oid)))
from admin.release as r
inner join pg_class as c on c.relkind = 'r' and c.relispartition and c.relname like '%\_r' || r.release_id
inner join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'catalog'
group by r.data_version, r.is_current, r.release_id
order by 1;
\echo '2 the memo'
select s.n_live_tup as rows, pg_size_pretty(pg_total_relation_size(s.relid)) as size, s.n_tup_ins as added, s.n_tup_del as removed
from pg_stat_user_tables as s
where s.schemaname = 'catalog' and s.relname = 'memo';
\echo '3 the largest tables'
select
    s.schemaname || '.' || s.relname as table_name, s.n_live_tup as rows, pg_size_pretty(pg_table_size(s.relid)) as table_size,
    pg_size_pretty(pg_indexes_size(s.relid)) as index_size
from pg_stat_user_tables as s
order by pg_total_relation_size(s.relid) desc
limit 15;
