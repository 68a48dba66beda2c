create or replace function etl.record_step(run_id int, step text, seconds double precision, detail jsonb default null)
    returns void
    language sql
    volatile security definer
    set search_path = pg_catalog
begin atomic
    insert into etl.run_step (run_id, step, started_at, duration, detail)
    values (
        record_step.run_id, record_step.step, clock_timestamp() - make_interval(secs => record_step.seconds),
        make_interval(secs => record_step.seconds), record_step.detail
    );
end;
comment on function etl.record_step(int, text, double precision, jsonb) is 'Notes a step of a run that is neither a load nor a compile step, and took so many seconds until now.';
grant execute on function etl.record_step(int, text, double precision, jsonb) to mvp_platform_etl;
