-- Five minutes: workers say every minute that they are there.
create or replace view admin.schedule as
select
    s.cron,
    s.timezone,
    s.source,
    s.next_at,
    s.next_at < statement_timestamp() - interval '1 hour' as is_overdue,
    s.worker,
    s.seen_at,
    s.seen_at > statement_timestamp() - interval '5 minutes' as has_worker,
    g.last_good_at,
    s.max_age,
    coalesce(statement_timestamp() - g.last_good_at > s.max_age, false) as is_stale
from etl.schedule as s
cross join lateral (select etl.last_good_at() as last_good_at) as g;
comment on view admin.schedule is
    'When the next rebuild is due, whether a worker is there to start it, and whether the last good one is too long ago. No row before a worker has started.';
grant select on admin.schedule to mvp_platform_admin, mvp_platform_etl, mvp_platform_graphql;
