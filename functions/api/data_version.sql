create or replace function api.data_version()
    returns text
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        select r.data_version
        from catalog.current_release as c
        inner join catalog.release as r on r.release_id = c.release_id
    );
comment on function api.data_version() is 'Version of the published data; null when nothing is published.';
grant execute on function api.data_version() to mvp_platform_user, mvp_platform_admin, mvp_platform_etl;
