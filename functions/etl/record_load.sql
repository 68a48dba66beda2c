create or replace function etl.record_load(
    run_id int, table_name text, row_count bigint, byte_count bigint default null, skipped_columns text[] default '{}',
    seconds double precision default null
)
    returns void
    language sql
    volatile security definer
    set search_path = pg_catalog
begin atomic
    insert into etl.run_step (run_id, step, started_at, duration, row_count, byte_count, detail)
    values (
        record_load.run_id, 'load ' || record_load.table_name,
        clock_timestamp() - coalesce(make_interval(secs => record_load.seconds), interval '0'),
        make_interval(secs => record_load.seconds), record_load.row_count, record_load.byte_count,
        jsonb_build_object('skippedColumns', record_load.skipped_columns)
    );
end;
comment on function etl.record_load(int, text, bigint, bigint, text[], double precision) is
    'Notes one loaded table of a run: rows, bytes, columns that were not taken, seconds until now.';
grant execute on function etl.record_load(int, text, bigint, bigint, text[], double precision) to mvp_platform_etl;
