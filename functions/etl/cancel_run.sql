create or replace function etl.cancel_run()
    returns int
    language sql
    volatile security definer
    set search_path = pg_catalog
begin atomic
    update etl.run
    set cancel_requested_at = coalesce(run.cancel_requested_at, now())
    where run.finished_at is null
    returning run.run_id;
end;
comment on function etl.cancel_run() is
    'Asks the running rebuild to stop and returns it; null when none runs. It stops within seconds and leaves nothing behind; a run that is dead already is left to etl.clean_up().';
grant execute on function etl.cancel_run() to mvp_platform_etl, mvp_platform_admin;
