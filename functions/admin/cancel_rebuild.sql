create or replace function admin.cancel_rebuild(reason text)
    returns admin.action
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    cancelled constant int := etl.cancel_run();
    recorded constant int := etl.record_action('cancel rebuild', cancel_rebuild.reason, jsonb_build_object('runId', cancelled));
begin
    -- An attempt that is planned and has not begun is known to the queue only.
    if cancelled is null then
        perform etl.ask_worker(recorded, 'cancel');
    end if;
    return (select a from admin.action as a where a.action_id = recorded);
end;
$$;
comment on function admin.cancel_rebuild(text) is
    'Ends the rebuild that runs, within seconds; when none does, the attempt that is planned. What is published stays. VP503 when nothing runs and no worker is there, VP422 without a reason.';
grant execute on function admin.cancel_rebuild(text) to mvp_platform_admin, mvp_platform_graphql;
