-- A pin has an end, because a forgotten one keeps the data old and looks like health. Two weeks: the two Sundays after which
-- the daily check speaks up by itself (ETL_MAX_AGE). Longer than three months is a decision for the configuration.
create or replace function admin.pin_release(release_id int, reason text, days int default 14)
    returns admin.action
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    current_id constant int := (select c.release_id from catalog.current_release as c for update);
    wanted_days constant int := coalesce(pin_release.days, 14);
    recorded int;
begin
    if current_id is distinct from pin_release.release_id then
        raise exception 'release % is not the published one', coalesce(pin_release.release_id::text, 'null')
            using errcode = 'VP409', hint = format('Published is %s: pin that, or publish the other one first.', coalesce(current_id::text, 'none'));
    end if;
    if wanted_days not between 1 and 90 then
        raise exception 'a pin lasts 1 to 90 days, not %', wanted_days using errcode = 'VP422', hint = 'It can be renewed.';
    end if;
    recorded := etl.record_action('pin release', pin_release.reason, jsonb_build_object('releaseId', current_id, 'days', wanted_days));
    update etl.pin
    set
        ended_at = least(expires_at, now()),
        ended_by = case when pin.expires_at <= now() then 'the end of its time' else etl.subject() end,
        end_reason = case when pin.expires_at <= now() then 'expired' else 'pinned anew' end
    where pin.ended_at is null;
    insert into etl.pin (release_id, data_version, reason, pinned_by, expires_at)
    select r.release_id, r.data_version, btrim(pin_release.reason), etl.subject(), now() + make_interval(days => wanted_days)
    from catalog.release as r
    where r.release_id = current_id;
    return (select a from admin.action as a where a.action_id = recorded);
end;
$$;
comment on function admin.pin_release(int, text, int) is
    'Keeps the published release from being replaced, by rebuilds and by hand, for so many days or until it is unpinned; only a forced rebuild replaces it. Pinned again: the new end counts. VP409 for a release that is not the published one, VP422 for other than 1 to 90 days or without a reason.';
grant execute on function admin.pin_release(int, text, int) to mvp_platform_admin, mvp_platform_graphql;
