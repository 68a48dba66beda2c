-- A release that was never published and whose run is over, or dead, is nobody's. Readers never saw it; only a check or an
-- operator's look may still hold it, then the next run takes it away.
create or replace function etl.bury_dead_runs()
    returns int
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    orphan int;
    buried int;
begin
    for orphan in
        select r.release_id
        from catalog.release as r
        where not exists (select from etl.publication as p where p.release_id = r.release_id)
    loop
        begin
            perform etl.drop_release(orphan);
        exception
            when lock_not_available then
                update catalog.release set is_complete = false where release.release_id = orphan;
        end;
    end loop;
    update etl.run
    set status = 'failed', finished_at = now(), reason = 'the run died without a word', progress = null
    where run.status in ('running', 'compiled', 'checked');
    get diagnostics buried = row_count;
    if buried > 0 then
        perform etl.empty_raw_tables();
    end if;
    return buried;
end;
$$;
comment on function etl.bury_dead_runs() is
    'Cleans up after runs that died: marks them failed, drops what they made, empties the raw tables; returns how many there were. Who calls it holds the one-run lock, so that no run lives.';
