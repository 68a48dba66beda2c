-- One run at a time over any number of workers: a session lock, so that it dies with the run however that dies. Whoever
-- gets the lock knows that no other run lives, and cleans up after those that died.
create or replace function etl.begin_run(
    source text, source_detail jsonb default '{}', forced_reason text default null, job_id uuid default null, worker text default null
)
    returns int
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    new_run_id int;
begin
    if not pg_try_advisory_lock(hashtext('mvp_platform_rebuild')) then
        raise exception 'another rebuild is running'
            using errcode = 'VP409', hint = 'Wait for it, or look at it: mvp-vehicles etl status.';
    end if;
    perform etl.bury_dead_runs();
    insert into etl.run (source, source_detail, forced_reason, job_id, worker, code_version)
    values (
        begin_run.source, coalesce(begin_run.source_detail, '{}'), nullif(btrim(begin_run.forced_reason), ''), begin_run.job_id,
        begin_run.worker, etl.code_version()
    )
    returning run.run_id into new_run_id;
    return new_run_id;
end;
$$;
comment on function etl.begin_run(text, jsonb, text, uuid, text) is
    'Starts a rebuild: takes the one-run lock of the session, cleans up after dead runs; returns the run. VP409 while another run lives.';
grant execute on function etl.begin_run(text, jsonb, text, uuid, text) to mvp_platform_etl;
