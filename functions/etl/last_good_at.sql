create or replace function etl.last_good_at()
    returns timestamptz
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (select max(r.finished_at) from etl.run as r where r.status in ('published', 'unchanged'));
comment on function etl.last_good_at() is
    'When a rebuild last ended well, also one that found nothing new: the data is as old as that, not as its release. Null when none has.';
grant execute on function etl.last_good_at() to mvp_platform_admin, mvp_platform_graphql;
