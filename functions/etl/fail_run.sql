create or replace function etl.fail_run(run_id int, reason text)
    returns void
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
begin
    perform etl.drop_release(r.release_id)
    from catalog.release as r
    where r.run_id = fail_run.run_id
        and not exists (select from catalog.current_release as c where c.release_id = r.release_id);
    update etl.run
    set status = 'failed', finished_at = now(), reason = fail_run.reason
    where run.run_id = fail_run.run_id and run.status in ('running', 'compiled');
end;
$$;
comment on function etl.fail_run(int, text) is 'Ends a run that failed: its release is dropped, the published one stays.';
grant execute on function etl.fail_run(int, text) to mvp_platform_etl;
