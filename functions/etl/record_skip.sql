create or replace function etl.record_skip(run_id int, table_name text, row_count bigint, byte_count bigint, columns text[])
    returns void
    language sql
    volatile security definer
    set search_path = pg_catalog
begin atomic
    insert into etl.run_step (run_id, step, row_count, byte_count, detail)
    values (
        record_skip.run_id, 'skip ' || record_skip.table_name, record_skip.row_count, record_skip.byte_count,
        jsonb_build_object('skippedColumns', record_skip.columns)
    );
end;
comment on function etl.record_skip(int, text, bigint, bigint, text[]) is
    'Notes a table of a run''s source that there is no place for: the rows, bytes and columns that were passed over.';
grant execute on function etl.record_skip(int, text, bigint, bigint, text[]) to mvp_platform_etl;
