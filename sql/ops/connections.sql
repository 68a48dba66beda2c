-- Who is connected?
-- When:    "too many clients"; requests wait for a connection.
-- Columns: 1 used of max_connections. 2 by application: the server names its pools (server, lists, release, changes, admin, jobs), the
--          rebuild is "etl". idle in transaction holds back the vacuum and locks: longest says for how long.
-- Next:    near the limit: fewer servers, a pooler that passes options on, or a higher max_connections. idle in transaction for
--          minutes: :transactions.
\echo '1 how many'
select count(*) as used, current_setting('max_connections') as allowed from pg_stat_activity where backend_type = 'client backend';
\echo '2 whose'
select
    coalesce(a.datname, '-') as database, coalesce(nullif(a.application_name, ''), '-') as application, a.usename as login, a.state,
    count(*) as connections, max(statement_timestamp() - a.state_change) as longest
from pg_stat_activity as a
where a.backend_type = 'client backend'
group by 1, 2, 3, 4
order by connections desc;
