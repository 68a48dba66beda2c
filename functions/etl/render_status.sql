-- Text for a terminal, here and not in the program: psql shows the same.
create or replace function etl.render_status()
    returns text
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        with moment as (
            select statement_timestamp() as now
        ),
        line (ordinal, label, text) as (
            select 1, 'data', coalesce(
                (
                    select format(
                        '%s from %s, built %s UTC', r.data_version, r.source, to_char(r.built_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                    )
                    from catalog.current_release as c
                    inner join catalog.release as r on r.release_id = c.release_id
                ),
                'none yet: mvp-vehicles etl run'
            )
            union all
            select 2, 'pinned', format(
                'until %s UTC by %s: %s', to_char(p.expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), p.pinned_by, p.reason
            )
            from etl.pin_in_force() as p
            where p.pin_id is not null
            union all
            select 3, 'last good', coalesce(
                (
                    select format(
                        '%s UTC%s', to_char(etl.last_good_at() at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
                        case when s.is_stale then format(', too long ago (allowed: %s)', s.max_age) end
                    )
                    from (select) as one
                    left join lateral (
                        select t.max_age, m.now - etl.last_good_at() > t.max_age as is_stale from etl.schedule as t cross join moment as m
                    ) as s on true
                    where etl.last_good_at() is not null
                ),
                'never'
            )
            union all
            select 4, 'next', coalesce(
                (
                    select format(
                        '%s UTC (%s, %s)%s', to_char(s.next_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), s.cron, s.timezone,
                        case
                            when s.seen_at < m.now - interval '5 minutes'
                                then format(', but no worker has been seen since %s UTC', to_char(s.seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'))
                            else format(', by %s', s.worker)
                        end
                    )
                    from etl.schedule as s
                    cross join moment as m
                ),
                'not scheduled: no worker has ever started'
            )
            union all
            select 5, 'releases', coalesce(
                (
                    select string_agg(
                        r.data_version || case
                            when c.release_id is not null then ' (current)'
                            when r.release_id = etl.previous_release_id((select p.release_id from catalog.current_release as p)) then ' (for a rollback)'
                            else ''
                        end,
                        ', ' order by r.release_id desc
                    )
                    from catalog.release as r
                    left join catalog.current_release as c on c.release_id = r.release_id
                    where r.is_complete
                ),
                'none'
            )
            union all
            select
                6 + row_number() over (order by r.run_id desc),
                'run ' || r.run_id,
                concat_ws(
                    ', ',
                    format('%s UTC %s', to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), r.status),
                    case when r.finished_at is null then r.progress ->> 'step' end,
                    r.source,
                    to_char(date_trunc('second', coalesce(r.finished_at, m.now) - r.started_at), 'HH24:MI:SS'),
                    (
                        select format('%s rows', to_char(sum(s.row_count), 'FM999,999,999,990'))
                        from etl.run_step as s
                        where s.run_id = r.run_id and s.step like 'load %'
                        having sum(s.row_count) > 0
                    ),
                    r.peak_memory / 1000000 || ' MB of memory',
                    'forced: ' || r.forced_reason,
                    r.reason
                )
            from (select t.* from etl.run as t order by t.run_id desc limit 5) as r
            cross join moment as m
            union all
            select
                20, 'changes', replace(etl.render_changes(r.changes), E'\n', E'\n' || repeat(' ', 12))
            from (
                select t.changes from etl.run as t where t.status = 'published' and t.changes is not null order by t.run_id desc limit 1
            ) as r
        )
        select string_agg(rpad(l.label, 12) || l.text, E'\n' order by l.ordinal) from line as l
    );
comment on function etl.render_status() is
    'The state of the data in lines for people: version, pin, last good rebuild, next one and its worker, releases, the last five runs, what the last published one changed.';
grant execute on function etl.render_status() to mvp_platform_etl, mvp_platform_admin;
