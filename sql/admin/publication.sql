create or replace view admin.publication as
select p.publication_id, p.release_id, p.replaced_release_id, p.run_id, p.published_at, p.published_by as login, p.is_rollback
from etl.publication as p;
comment on view admin.publication is 'Every move of the published release, forward or back.';
grant select on admin.publication to mvp_platform_admin, mvp_platform_graphql;
