create or replace function etl.rollback()
    returns text
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    previous constant int := (
        select etl.previous_release_id(c.release_id) from catalog.current_release as c
    );
begin
    if previous is null then
        raise exception 'there is no earlier release to go back to'
            using errcode = 'VP404', hint = 'admin.release lists the releases.';
    end if;
    return etl.publish(previous);
end;
$$;
comment on function etl.rollback() is
    'Publishes the release that the current one replaced; returns its data version. The next rebuild of the same data is refused (admin.withdrawn_source). VP404 when there is none.';
grant execute on function etl.rollback() to mvp_platform_etl, mvp_platform_admin;
