-- The table is pg-boss's own: it comes with the first worker, and a database without one has none. PL/pgSQL looks for it only when
-- it gets there.
create or replace function etl.count_jobs()
    returns table (queue text, state text, job_count bigint)
    language plpgsql
    stable parallel safe
    set search_path = pg_catalog
as $$
begin
    if to_regclass('pgboss.job') is null then
        return;
    end if;
    return query
    select j.name::text, j.state::text, count(*)
    from pgboss.job as j
    -- pg-boss keeps its own house in queues whose names begin so.
    where j.name not like '\_\_%'
    group by 1, 2;
end;
$$;
comment on function etl.count_jobs() is
    'How many jobs each queue holds, by state, as long as pg-boss keeps them; no row where no worker has ever started.';
