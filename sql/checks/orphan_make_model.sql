create or replace view admin.orphan_make_model as
select
    mm.id as make_model_id,
    mm.makeid as make_id,
    mm.modelid as model_id,
    case when k.id is null and m.id is null then 'no such make, no such model' when k.id is null then 'no such make' else 'no such model' end
        as reason
from vpic.make_model as mm
left join vpic.make as k on k.id = mm.makeid
left join vpic.model as m on m.id = mm.modelid
where k.id is null or m.id is null;
comment on view admin.orphan_make_model is
    'Pairs of a make and a model of which one does not exist: no dropdown shows them. Too many of them refuse a publish: admin.excessive_finding.';
grant select on admin.orphan_make_model to mvp_platform_admin, mvp_platform_etl;
