-- Asking takes seconds a release: name one.
create or replace view admin.objection as
select r.release_id, v.check_name, v.reason, v.found
from catalog.release as r
cross join lateral etl.verify_release(r.release_id) as v
where r.is_complete;
comment on view admin.objection is 'What the gates say now against a release that is there: nothing when all is well. Takes seconds for each release that is asked for.';
grant select on admin.objection to mvp_platform_admin, mvp_platform_graphql;
