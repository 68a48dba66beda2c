create or replace function etl.finish_run(run_id int)
    returns int
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    release_id constant int := etl.release_of_run(finish_run.run_id);
    missing constant text := (
        select string_agg(s.step, ', ' order by s.ordinal)
        from etl.compile_steps() as s
        where not exists (select from etl.run_step as r where r.run_id = finish_run.run_id and r.step = s.step)
    );
begin
    if missing is not null then
        raise exception 'run % has not done: %', finish_run.run_id, missing
            using errcode = 'VP422', hint = 'Every step of etl.compile_steps() belongs to a release.';
    end if;
    update catalog.release set is_complete = true where release.release_id = etl.release_of_run(finish_run.run_id);
    update etl.run set status = 'compiled' where run.run_id = finish_run.run_id;
    return release_id;
end;
$$;
comment on function etl.finish_run(int) is 'Declares the release of a run complete and returns it; VP422 when a compile step is missing.';
grant execute on function etl.finish_run(int) to mvp_platform_etl;
