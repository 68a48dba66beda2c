create or replace function etl.fail_run(run_id int, reason text, outcome text default 'failed')
    returns void
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
begin
    if fail_run.outcome not in ('failed', 'cancelled') then
        raise exception 'a run does not end as "%"', fail_run.outcome
            using errcode = 'VP400', hint = 'failed or cancelled.';
    end if;
    perform etl.drop_release(r.release_id)
    from catalog.release as r
    where r.run_id = fail_run.run_id
        and not exists (select from etl.publication as p where p.release_id = r.release_id);
    update etl.run
    set status = fail_run.outcome, finished_at = now(), reason = fail_run.reason, progress = null
    where run.run_id = fail_run.run_id and run.status in ('running', 'compiled', 'checked');
    -- Who gets the lock knows that the raw rows are not those of a run that has begun meanwhile; else that one empties them.
    if found and pg_try_advisory_xact_lock(hashtext('mvp_platform_rebuild')) then
        perform etl.empty_raw_tables();
    end if;
end;
$$;
comment on function etl.fail_run(int, text, text) is
    'Ends a run that failed or was cancelled: its release and its raw rows go, the published release stays. VP400 for another outcome.';
grant execute on function etl.fail_run(int, text, text) to mvp_platform_etl;
