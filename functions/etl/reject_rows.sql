-- Between loading and compiling, so that no compile step has to think of them.
create or replace function etl.reject_rows(run_id int)
    returns bigint
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
    set work_mem = '128MB'
    set jit = off
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    unusable record;
    samples jsonb;
    rejected bigint := 0;
begin
    for unusable in
        select u.table_name, u.reason, array_agg(u.row_id) as row_ids
        from staging.unusable_row as u
        group by u.table_name, u.reason
    loop
        execute format(
            $statement$
            with gone as (
                delete from vpic.%I as r where r.ctid = any ($1) returning to_jsonb(r) as content
            )
            select jsonb_agg(case when octet_length(g.content::text) <= 5000 then g.content else jsonb_build_object('id', g.content -> 'id') end)
            from (select gone.content from gone limit 20) as g
            $statement$,
            unusable.table_name
        )
        into samples
        using unusable.row_ids;
        insert into etl.rejection (run_id, table_name, reason, row_count, samples)
        values (reject_rows.run_id, unusable.table_name, unusable.reason, cardinality(unusable.row_ids), samples);
        rejected := rejected + cardinality(unusable.row_ids);
    end loop;
    insert into etl.run_step (run_id, step, started_at, duration, row_count)
    values (reject_rows.run_id, 'reject', started_at, clock_timestamp() - started_at, rejected);
    return rejected;
end;
$$;
comment on function etl.reject_rows(int) is
    'Takes the rows of staging.unusable_row out of the raw tables of a run and notes them in etl.rejection; returns how many.';
grant execute on function etl.reject_rows(int) to mvp_platform_etl;
