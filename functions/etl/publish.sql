create or replace function etl.publish(release_id int)
    returns text
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    replaced constant int := (select c.release_id from catalog.current_release as c);
    published constant catalog.release := (select r from catalog.release as r where r.release_id = publish.release_id);
    made constant etl.run := (select r from etl.run as r where r.run_id = published.run_id);
    pinned constant etl.pin := etl.pin_in_force();
begin
    if published.is_complete is not true then
        raise exception 'release % does not exist or is not complete', publish.release_id
            using errcode = 'VP404', hint = 'admin.release lists the releases.';
    end if;
    if made.status = 'compiled' then
        raise exception 'release % has not passed its checks', publish.release_id
            using errcode = 'VP422', hint = 'etl.check_run lets it through or refuses it.';
    end if;
    if pinned.release_id <> publish.release_id then
        -- Forced, when it is the run's own publish: its reason is on record.
        if made.status = 'checked' and made.forced_reason is not null then
            update etl.pin
            set ended_at = now(), ended_by = format('run %s', made.run_id), end_reason = made.forced_reason
            where pin.pin_id = pinned.pin_id;
        else
            raise exception 'release % is pinned until % UTC', pinned.release_id, to_char(pinned.expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                using errcode = 'VP409', hint = 'admin.pin says by whom and why; admin.unpin_release(''why'') ends it.';
        end if;
    end if;
    insert into catalog.current_release (release_id)
    values (publish.release_id)
    on conflict (is_only) do update set release_id = excluded.release_id, published_at = now();
    insert into etl.publication (release_id, run_id, replaced_release_id, is_rollback)
    values (publish.release_id, published.run_id, replaced, coalesce(publish.release_id < replaced, false));
    update etl.run
    set status = 'published', finished_at = now(), progress = null
    where run.run_id = published.run_id and run.status = 'checked';
    perform pg_notify('mvp_platform_release', published.data_version);
    return published.data_version;
end;
$$;
comment on function etl.publish(int) is
    'Makes a complete release the one that everybody reads, in one update; returns its data version. VP404 for a release that cannot be published, VP409 while another one is pinned, VP422 for one that no check has seen.';
grant execute on function etl.publish(int) to mvp_platform_etl, mvp_platform_admin;
