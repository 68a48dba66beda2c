-- A worker confirms the schedule every minute; five without a word are no slow moment.
create or replace function api.health()
    returns jsonb
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        select jsonb_build_object(
            'jobQueue', case
                when s.seen_at is null
                    then 'no worker has ever started: set WORKER=inline, or run npm run worker'
                when s.seen_at < statement_timestamp() - interval '5 minutes'
                    then format(
                        'no worker has been seen since %s UTC: set WORKER=inline, or run npm run worker',
                        to_char(s.seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                    )
            end,
            'dataFreshness', case
                when r.release_id is null
                    then 'no vehicle data is published yet: mvp-vehicles etl run loads it'
                when statement_timestamp() - good.at > s.max_age
                    then format(
                        'no rebuild has ended well since %s UTC: mvp-vehicles etl status tells why',
                        to_char(good.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                    )
                when etl.is_outdated()
                    then 'the data was loaded before this version of the program: mvp-vehicles etl run loads it again'
            end
        )
        from (select) as one
        left join etl.schedule as s on true
        left join catalog.current_release as c on true
        left join catalog.release as r on r.release_id = c.release_id
        cross join lateral (select coalesce(etl.last_good_at(), r.built_at) as at) as good
    );
comment on function api.health() is
    'What speaks against the job queue and against the age of the data, in words for people; null where all is well. Answers also when nothing is published.';
grant execute on function api.health() to mvp_platform_user, mvp_platform_admin;
