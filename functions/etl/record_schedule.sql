create or replace function etl.record_schedule(cron text, timezone text, source text, next_at timestamptz, max_age_seconds double precision, worker text)
    returns void
    language sql
    volatile security definer
    set search_path = pg_catalog
begin atomic
    insert into etl.schedule (cron, timezone, source, next_at, max_age, worker)
    values (
        record_schedule.cron, record_schedule.timezone, record_schedule.source, record_schedule.next_at,
        make_interval(secs => record_schedule.max_age_seconds), record_schedule.worker
    )
    on conflict (is_only) do update
    set
        cron = excluded.cron, timezone = excluded.timezone, source = excluded.source, next_at = excluded.next_at,
        max_age = excluded.max_age, worker = excluded.worker, seen_at = now();
end;
comment on function etl.record_schedule(text, text, text, timestamptz, double precision, text) is
    'Every minute a worker says that it is there, what it is configured with and when the next rebuild is due; the last one to say so counts.';
grant execute on function etl.record_schedule(text, text, text, timestamptz, double precision, text) to mvp_platform_etl;
