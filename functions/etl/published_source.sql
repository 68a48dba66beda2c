create or replace function etl.published_source()
    returns jsonb
    language sql
    stable security definer
    set search_path = pg_catalog
    return (
        select r.source_detail
        from catalog.current_release as c
        inner join catalog.release as p on p.release_id = c.release_id
        inner join etl.run as r on r.run_id = p.run_id
    );
comment on function etl.published_source() is
    'What the published release was made of, as its run noted it: by it a source is recognized without being fetched. Null when nothing is published.';
grant execute on function etl.published_source() to mvp_platform_etl;
