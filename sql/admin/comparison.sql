-- Asking takes a second for each pair: name both.
create or replace view admin.comparison as
select r.release_id, p.release_id as other_release_id, etl.describe_changes(r.release_id, p.release_id) as changes
from catalog.release as r
inner join catalog.release as p on p.release_id <> r.release_id
where r.is_complete and p.is_complete;
comment on view admin.comparison is 'What a release has that another one has not, for any two that are there: rows, makes and models added, removed and renamed.';
grant select on admin.comparison to mvp_platform_admin, mvp_platform_graphql;
