create or replace view admin.canary_difference as
select
    r.release_id,
    p.release_id as previous_release_id,
    d.vin,
    d.vehicle_type_id,
    d.element_id,
    d.variable,
    case when d.answer is null then 'lost' when d.answer_before is null then 'gained' else 'changed' end as kind,
    d.answer_before,
    d.answer
from catalog.release as r
inner join catalog.release as p on p.release_id = etl.previous_release_id(r.release_id)
cross join lateral (
    select
        coalesce(n.vin, b.vin) as vin,
        coalesce(n.vehicle_type_id, b.vehicle_type_id) as vehicle_type_id,
        coalesce(n.element_id, b.element_id) as element_id,
        coalesce(n.variable, b.variable) as variable,
        b.answer as answer_before,
        n.answer
    from etl.canary_answers(r.release_id) as n
    full join etl.canary_answers(p.release_id) as b on b.vin = n.vin and b.element_id = n.element_id
    where n.answer is distinct from b.answer
) as d;
comment on view admin.canary_difference is 'Where a release answers another value for a canary VIN than the release before: lost, gained or changed.';
grant select on admin.canary_difference to mvp_platform_admin, mvp_platform_etl, mvp_platform_graphql;
