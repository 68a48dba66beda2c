create or replace view admin.orphan_pattern as
select
    p.id as pattern_id,
    p.vinschemaid as schema_id,
    p.elementid as element_id,
    p.keys,
    case when s.id is null and e.id is null then 'no such schema, no such variable' when s.id is null then 'no such schema' else 'no such variable' end
        as reason
from vpic.pattern as p
left join vpic.vinschema as s on s.id = p.vinschemaid
left join vpic.element as e on e.id = p.elementid
where s.id is null or e.id is null;
comment on view admin.orphan_pattern is
    'Patterns of a schema or of a variable that does not exist: they are not compiled. Too many of them refuse a publish: admin.excessive_finding.';
grant select on admin.orphan_pattern to mvp_platform_admin, mvp_platform_etl;
