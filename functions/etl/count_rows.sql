-- Labelled volatile although it only reads: a statement put together at run time can be anything. The loop sees a table that is
-- added later; a list would have to be kept.
create or replace function etl.count_rows(release_id int)
    returns table (table_name text, row_count bigint)
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
begin
    for table_name in
        select c.relname from pg_class as c where c.relnamespace = 'catalog'::regnamespace and c.relkind = 'p' order by c.relname
    loop
        execute format('select count(*) from catalog.%I where release_id = $1', table_name) into row_count using count_rows.release_id;
        return next;
    end loop;
end;
$$;
comment on function etl.count_rows(int) is 'Rows of each catalog table that belong to a release; 0 for a release that is gone.';
grant execute on function etl.count_rows(int) to mvp_platform_etl, mvp_platform_admin;
