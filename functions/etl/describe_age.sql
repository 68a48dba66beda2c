create or replace function etl.describe_age(max_age_seconds double precision)
    returns jsonb
    language sql
    stable security definer
    set search_path = pg_catalog
    return (
        select jsonb_build_object(
            'event', 'data-too-old',
            'service', 'mvp-platform-vehicles',
            'text', format(
                'mvp-platform-vehicles: no rebuild has ended well for %s days (allowed: %s). %s',
                floor(extract(epoch from a.age) / 86400), round((describe_age.max_age_seconds / 86400)::numeric, 1),
                coalesce('The last one: ' || l.reason || '.', 'mvp-vehicles etl status tells more.')
            ),
            'ageSeconds', floor(extract(epoch from a.age))::bigint,
            'maxAgeSeconds', describe_age.max_age_seconds,
            'dataVersion', r.data_version,
            'lastGoodAt', etl.last_good_at(),
            'reason', l.reason
        )
        from catalog.current_release as c
        inner join catalog.release as r on r.release_id = c.release_id
        cross join lateral (select statement_timestamp() - coalesce(etl.last_good_at(), r.built_at) as age) as a
        left join lateral (
            select t.reason from etl.run as t where t.status in ('failed', 'refused', 'cancelled') and t.finished_at > etl.last_good_at()
            order by t.run_id desc
            limit 1
        ) as l on true
        where extract(epoch from a.age) > describe_age.max_age_seconds
    );
comment on function etl.describe_age(double precision) is
    'What an alert says when no rebuild has ended well for longer than so many seconds; null while one has, and when there is no data.';
grant execute on function etl.describe_age(double precision) to mvp_platform_etl;
