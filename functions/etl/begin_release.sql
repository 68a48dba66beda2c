-- "create table … partition of" locks the parent against every reader until the transaction ends. A table of its own that is
-- then attached does not, so decodes go on meanwhile.
create or replace function etl.begin_release(run_id int)
    returns bigint
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    parent record;
    new_release_id int := (select coalesce(max(p.release_id), 0) + 1 from (
        select r.release_id from catalog.release as r
        union all
        select p.release_id from etl.publication as p
    ) as p);
    made bigint := 0;
begin
    insert into catalog.release (release_id, run_id, data_version, source)
    select
        new_release_id, r.run_id,
        format('%s-r%s', coalesce(r.source_detail ->> 'version', to_char(r.started_at, 'YYYY-MM-DD')), new_release_id),
        r.source
    from etl.run as r
    where r.run_id = begin_release.run_id;
    for parent in
        select c.relname, c.relname || '_r' || new_release_id as partition_name
        from pg_class as c
        where c.relnamespace = 'catalog'::regnamespace and c.relkind = 'p'
        order by c.relname
    loop
        execute format(
            -- Texts of a few kB are read by every decode: taking them apart anew costs more than the space they would save.
            'create table catalog.%I (like catalog.%I including all) with (toast_tuple_target = 8160)',
            parent.partition_name, parent.relname
        );
        execute format(
            'alter table catalog.%I attach partition catalog.%I for values in (%s)', parent.relname, parent.partition_name, new_release_id
        );
        made := made + 1;
    end loop;
    return made;
end;
$$;
comment on function etl.begin_release(int) is
    'Makes the next release of a run: its row and an empty partition of every catalog table; returns the partitions. Numbers are never reused once published.';
