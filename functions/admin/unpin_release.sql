create or replace function admin.unpin_release(reason text)
    returns admin.action
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    pinned constant etl.pin := etl.pin_in_force();
    recorded int;
begin
    if pinned.pin_id is null then
        raise exception 'no release is pinned' using errcode = 'VP404', hint = 'admin.pin lists the pins that were.';
    end if;
    recorded := etl.record_action('unpin release', unpin_release.reason, jsonb_build_object('releaseId', pinned.release_id, 'pinId', pinned.pin_id));
    update etl.pin
    set ended_at = now(), ended_by = etl.subject(), end_reason = btrim(unpin_release.reason)
    where pin.pin_id = pinned.pin_id;
    return (select a from admin.action as a where a.action_id = recorded);
end;
$$;
comment on function admin.unpin_release(text) is
    'Ends the pin: the next rebuild publishes again. VP404 when none is in force, VP422 without a reason.';
grant execute on function admin.unpin_release(text) to mvp_platform_admin, mvp_platform_graphql;
