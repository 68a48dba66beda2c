create or replace function etl.ask_worker(action_id int, kind text, forced_reason text default null)
    returns void
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
begin
    if not etl.has_worker() then
        raise exception 'no worker is there to take the job'
            using errcode = 'VP503', hint = 'Start one (npm run worker, or WORKER=inline), or use mvp-vehicles etl run, which works without.';
    end if;
    insert into etl.job_request (action_id, kind, forced_reason) values (ask_worker.action_id, ask_worker.kind, ask_worker.forced_reason);
    -- The request is in the table for the worker that does not hear it.
    perform pg_notify('mvp_platform_job_request', ask_worker.action_id::text);
end;
$$;
comment on function etl.ask_worker(int, text, text) is 'Asks the workers for a rebuild or for the end of a planned one, on behalf of a recorded action. VP503 when none is there.';
