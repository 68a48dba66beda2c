create or replace view admin.release as
select
    r.release_id,
    r.data_version,
    c.release_id is not null as is_current,
    r.is_complete,
    r.source,
    r.run_id,
    r.built_at,
    p.first_published_at,
    p.last_published_at,
    coalesce(p.publication_count, 0) as publication_count
from catalog.release as r
left join catalog.current_release as c on c.release_id = r.release_id
left join (
    select
        m.release_id,
        min(m.published_at) as first_published_at,
        max(m.published_at) as last_published_at,
        count(*) as publication_count
    from etl.publication as m
    group by m.release_id
) as p on p.release_id = r.release_id;
comment on view admin.release is 'Releases whose data is there: which is current, which are complete, when each was published.';
grant select on admin.release to mvp_platform_admin, mvp_platform_etl, mvp_platform_graphql;
