create or replace function etl.rollback()
    returns text
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    previous constant int := (
        select max(r.release_id)
        from catalog.release as r
        where r.is_complete
            and r.release_id < (select c.release_id from catalog.current_release as c)
            -- A release that no check let through is not one to go back to.
            and r.release_id in (select p.release_id from etl.publication as p)
    );
begin
    if previous is null then
        raise exception 'there is no earlier release to go back to'
            using errcode = 'VP404', hint = 'admin.release lists the releases.';
    end if;
    return etl.publish(previous);
end;
$$;
comment on function etl.rollback() is 'Publishes the release that was published before the current one; returns its data version. VP404 when there is none.';
grant execute on function etl.rollback() to mvp_platform_etl, mvp_platform_admin;
