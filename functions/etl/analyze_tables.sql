create or replace function etl.analyze_tables(schema_name text)
    returns bigint
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    measured regclass;
    made bigint := 0;
begin
    for measured in
        select c.oid::regclass
        from pg_class as c
        where c.relnamespace = analyze_tables.schema_name::regnamespace
            and c.relkind in ('r', 'p')
            -- "analyze" of a partitioned table takes those of its partitions as well.
            and not c.relispartition
    loop
        execute format('analyze %s', measured);
        made := made + 1;
    end loop;
    return made;
end;
$$;
comment on function etl.analyze_tables(text) is 'Takes statistics of every table of a schema; returns the tables.';
