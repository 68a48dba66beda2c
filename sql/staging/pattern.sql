create or replace view staging.pattern as
select
    p.id as pattern_id,
    p.vinschemaid as schema_id,
    p.keys collate "C" as keys,
    p.elementid as element_id,
    p.attributeid as value_id,
    coalesce(p.updatedon, p.createdon) as changed_at
from vpic.pattern as p;
comment on view staging.pattern is 'Patterns with our names; every row.';
