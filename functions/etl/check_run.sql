-- A refusal is an answer and no error: raising would take back the reasons with everything else.
create or replace function etl.check_run(run_id int)
    returns text
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
    set work_mem = '128MB'
    set jit = off
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    checked constant etl.run := (select r from etl.run as r where r.run_id = check_run.run_id);
    release_id constant int := etl.release_of_run(check_run.run_id);
    is_forced constant boolean := checked.forced_reason is not null;
    refusals int;
    is_refused boolean;
    reasons text;
begin
    if checked.status is distinct from 'compiled' then
        raise exception 'run % is not compiled', check_run.run_id
            using errcode = 'VP422', hint = 'etl.finish_run comes before the checks.';
    end if;
    insert into etl.finding (run_id, check_name, row_count, affected_count, base_count)
    select check_run.run_id, f.check_name, f.row_count, f.affected_count, f.base_count from admin.finding as f;
    insert into etl.refusal (run_id, check_name, reason, found, is_overridden)
    select check_run.run_id, v.check_name, v.reason, v.found, is_forced from etl.verify_release(release_id) as v;
    get diagnostics refusals = row_count;
    is_refused := refusals > 0 and not is_forced;
    -- Three say what happened; all of them are kept.
    reasons := (
        select string_agg(r.check_name || ': ' || r.reason, '; ' order by r.ordinal)
        from (select f.* from etl.refusal as f where f.run_id = check_run.run_id order by f.ordinal limit 3) as r
    ) || case when refusals > 3 then format('; %s more, see admin.refusal', refusals - 3) else '' end;
    insert into etl.run_step (run_id, step, started_at, duration, detail)
    values (
        check_run.run_id, 'check', started_at, clock_timestamp() - started_at,
        jsonb_build_object('refusals', refusals, 'isForced', is_forced)
    );
    -- Last, and as one statement: who reports progress writes to the same row and must not wait for the checks.
    update etl.run
    set
        changes = etl.describe_changes(release_id, etl.previous_release_id(release_id)),
        status = case when is_refused then 'refused' else 'checked' end,
        finished_at = case when is_refused then now() end,
        progress = case when is_refused then null else run.progress end,
        reason = reasons
    where run.run_id = check_run.run_id;
    if is_refused then
        perform etl.drop_release(release_id);
        return reasons;
    end if;
    return null;
end;
$$;
comment on function etl.check_run(int) is
    'Puts the release of a compiled run before the gates. Null: none objects, or the run is forced; the run is checked and may be published. Else why not, in words: the run is refused and its release gone. The reasons are kept in etl.refusal. VP422 for a run that is not compiled.';
grant execute on function etl.check_run(int) to mvp_platform_etl;
