create or replace view admin.duplicate_pattern as
select p.id as pattern_id, count(*) as row_count, array_agg(distinct p.vinschemaid) as schema_ids
from vpic.pattern as p
group by p.id
having count(*) > 1 or p.id is null;
comment on view admin.duplicate_pattern is
    'Patterns'' ids that are there more than once, or missing: ranks and multi-valued variables rest on them. Too many of them refuse a publish: admin.excessive_finding.';
grant select on admin.duplicate_pattern to mvp_platform_admin, mvp_platform_etl;
