-- One call a second: a sign of life, how far, and the answer to "shall I stop". A connection of its own makes it; the one that
-- compiles is busy.
create or replace function etl.report_progress(run_id int, progress jsonb, memory bigint)
    returns boolean
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    is_cancelled boolean;
begin
    update etl.run
    set
        beat_at = clock_timestamp(),
        progress = report_progress.progress,
        peak_memory = greatest(run.peak_memory, report_progress.memory)
    where run.run_id = report_progress.run_id and run.finished_at is null
    returning run.cancel_requested_at is not null into is_cancelled;
    return coalesce(is_cancelled, false);
end;
$$;
comment on function etl.report_progress(int, jsonb, bigint) is
    'A sign of life of a run: its progress (see etl.run.progress) and memory in bytes; true when somebody asked it to stop. False, and nothing noted, for a run that is over.';
grant execute on function etl.report_progress(int, jsonb, bigint) to mvp_platform_etl;
