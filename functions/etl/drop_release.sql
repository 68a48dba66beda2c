-- Dropping a partition locks its parent against readers. A reader that takes long would keep us waiting, and every reader after
-- it waits behind us: so we wait a fifth of a second only, let everybody pass, and try again. Shorter than deadlock_timeout:
-- we give way before a reader is chosen to.
create or replace function etl.drop_release(release_id int)
    returns void
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
    set lock_timeout = '200ms'
as $$
declare
    partition regclass;
begin
    if exists (select from catalog.current_release as c where c.release_id = drop_release.release_id) then
        raise exception 'release % is the published one', drop_release.release_id
            using errcode = 'VP409', hint = 'Publish another release first.';
    end if;
    for attempt in 1 .. 20 loop
        begin
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
            exit;
        exception
            when lock_not_available then
                if attempt = 20 then
                    raise;
                end if;
                perform pg_sleep(0.3);
        end;
    end loop;
    delete from catalog.memo as m where m.release_id = drop_release.release_id;
    delete from catalog.release as r where r.release_id = drop_release.release_id;
end;
$$;
comment on function etl.drop_release(int) is
    'Removes a release with its partitions. VP409 for the published one; 55P03 when readers held it for ten seconds: then all of it stays.';
