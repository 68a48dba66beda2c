-- The table is pg-boss's and comes with the first worker: by execute, so that this can be made before it.
create or replace function etl.list_jobs()
    returns table (
        job_id uuid, queue text, state text, data jsonb, output jsonb, retry_count int, retry_limit int,
        created_at timestamptz, start_after timestamptz, started_at timestamptz, completed_at timestamptz, heartbeat_at timestamptz
    )
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    job_table constant regclass := to_regclass('pgboss.job');
begin
    if job_table is null then
        return;
    end if;
    for job_id, queue, state, data, output, retry_count, retry_limit, created_at, start_after, started_at, completed_at, heartbeat_at in
        execute format(
            'select id, name, state::text, data, output, retry_count, retry_limit, created_on, start_after, started_on, completed_on, heartbeat_on from %s',
            job_table
        )
    loop
        return next;
    end loop;
end;
$$;
comment on function etl.list_jobs() is 'The jobs that the queue remembers; nothing before a worker has started.';
grant execute on function etl.list_jobs() to mvp_platform_admin, mvp_platform_graphql;
