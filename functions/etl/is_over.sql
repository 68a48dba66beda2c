-- A run whose process is gone cannot end itself. Five seconds without a beat look like that; if it lives all the same, it holds
-- the lock, and nothing happens to it.
create or replace function etl.is_over(run_id int)
    returns boolean
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
begin
    if exists (
        select
        from etl.run as r
        where r.run_id = is_over.run_id and r.finished_at is null
            and coalesce(r.beat_at, r.started_at) < statement_timestamp() - interval '5 seconds'
    ) then
        perform etl.clean_up();
    end if;
    return coalesce((select r.finished_at is not null from etl.run as r where r.run_id = is_over.run_id), true);
end;
$$;
comment on function etl.is_over(int) is
    'Whether a run has ended, for who waits for it; one that has died meanwhile is cleaned up. True for a run that does not exist.';
grant execute on function etl.is_over(int) to mvp_platform_etl;
