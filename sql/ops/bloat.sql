-- Are there dead rows that nobody clears away?
-- When:    tables are larger than their rows explain (:sizes); statements get slower from week to week.
-- Columns: dead_share: dead rows among all. last_vacuum, last_analyze: by hand or by autovacuum, whichever was later; null is normal for a
--          table that is loaded once and never changed. frozen_share: how far the table is on the way to a forced vacuum (at 1).
-- Next:    dead_share above 0.2 of many thousand rows and no vacuum: something holds it back, :transactions. Else vacuum (analyze) <table>; frozen_share above
--          0.8: let autovacuum work, it will not be stopped by anything but a longer transaction.
select
    s.schemaname || '.' || s.relname as table_name, s.n_live_tup as rows, s.n_dead_tup as dead,
    round(s.n_dead_tup::numeric / nullif(s.n_live_tup + s.n_dead_tup, 0), 2) as dead_share,
    greatest(s.last_vacuum, s.last_autovacuum) as last_vacuum, greatest(s.last_analyze, s.last_autoanalyze) as last_analyze,
    round(age(c.relfrozenxid)::numeric / current_setting('autovacuum_freeze_max_age')::numeric, 2) as frozen_share
from pg_stat_user_tables as s
inner join pg_class as c on c.oid = s.relid and c.relkind = 'r'
order by s.n_dead_tup desc, age(c.relfrozenxid) desc
limit 15;
