-- Without a source of one's own: what a worker loads is its operator's to configure, not a token's to say.
create or replace function admin.request_rebuild(reason text, is_forced boolean default false)
    returns admin.action
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    running constant int := (select max(r.run_id) from etl.run as r where r.finished_at is null and r.beat_at > statement_timestamp() - interval '1 minute');
    recorded int;
begin
    if running is not null then
        raise exception 'rebuild % is running', running
            using errcode = 'VP409', hint = 'Wait for it (admin.run shows how far it is), or cancel it.';
    end if;
    recorded := etl.record_action('request rebuild', request_rebuild.reason, jsonb_build_object('isForced', coalesce(request_rebuild.is_forced, false)));
    perform etl.ask_worker(recorded, 'rebuild', case when request_rebuild.is_forced then btrim(request_rebuild.reason) end);
    return (select a from admin.action as a where a.action_id = recorded);
end;
$$;
comment on function admin.request_rebuild(text, boolean) is
    'Asks a worker to rebuild from the source that it is configured with. Forced: also when the source has not changed, and published whatever the gates say. VP409 while one is running, VP503 when no worker is there, VP422 without a reason.';
grant execute on function admin.request_rebuild(text, boolean) to mvp_platform_admin, mvp_platform_graphql;
