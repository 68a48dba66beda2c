-- Called before the first row is loaded: from here on the raw tables are this run's.
create or replace function etl.record_source(run_id int, source_detail jsonb)
    returns boolean
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    is_unchanged constant boolean := exists (
        select
        from catalog.current_release as c
        inner join catalog.release as r on r.release_id = c.release_id
        inner join etl.run as made on made.run_id = r.run_id
        inner join etl.run as this on this.run_id = record_source.run_id
        where made.source_detail ->> 'sha256' = record_source.source_detail ->> 'sha256'
            -- Other code makes other rows of the same source.
            and made.code_version is not distinct from this.code_version
            and this.forced_reason is null
    );
begin
    update etl.run
    set
        source_detail = record_source.source_detail,
        status = case when is_unchanged then 'unchanged' else run.status end,
        finished_at = case when is_unchanged then now() end,
        progress = case when is_unchanged then null else run.progress end
    where run.run_id = record_source.run_id and run.status = 'running';
    if not found then
        raise exception 'run % is not running', record_source.run_id
            using errcode = 'VP422', hint = 'etl.begin_run starts one.';
    end if;
    if not is_unchanged then
        perform etl.empty_raw_tables();
    end if;
    return is_unchanged;
end;
$$;
comment on function etl.record_source(int, jsonb) is
    'Notes what the source of a run turned out to be. True ends the run: the published release was made of the same file by the same code. Else the raw tables are emptied for it. VP422 for a run that is not running.';
grant execute on function etl.record_source(int, jsonb) to mvp_platform_etl;
