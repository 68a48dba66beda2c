create or replace function etl.drop_release(release_id int)
    returns void
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    partition regclass;
begin
    if exists (select from catalog.current_release as c where c.release_id = drop_release.release_id) then
        raise exception 'release % is the published one', drop_release.release_id
            using errcode = 'VP409', hint = 'Publish another release first.';
    end if;
    for partition in
        select i.inhrelid::regclass
        from pg_inherits as i
        inner join pg_class as parent on parent.oid = i.inhparent
        inner join pg_class as child on child.oid = i.inhrelid
        where parent.relnamespace = 'catalog'::regnamespace
            and parent.relkind = 'p'
            and child.relname = parent.relname || '_r' || drop_release.release_id
    loop
        execute format('drop table %s', partition);
    end loop;
    delete from catalog.memo as m where m.release_id = drop_release.release_id;
    delete from catalog.release as r where r.release_id = drop_release.release_id;
end;
$$;
comment on function etl.drop_release(int) is
    'Removes a release with its partitions. VP409 for the published one.';
