-- A value more is what a new month is for; a value less, or another one, is what may have gone wrong.
create or replace view admin.changed_canaries as
select
    c.release_id,
    c.previous_release_id,
    c.vehicle_type_id,
    c.changed_count,
    c.canary_count,
    c.allowed_share,
    c.most_changed,
    format(
        '%s of %s canary VINs%s lost or changed a value (allowed: %s %%), most in %s', c.changed_count, c.canary_count,
        ' of vehicle type ' || c.vehicle_type_id, round((100 * c.allowed_share)::numeric, 1), c.most_changed
    ) as reason
from (
    select
        d.release_id, d.previous_release_id, t.vehicle_type_id, count(distinct d.vin) as changed_count,
        (select count(*) from etl.canary as k where t.vehicle_type_id is null or k.vehicle_type_id = t.vehicle_type_id) as canary_count,
        case
            when t.vehicle_type_id is null then etl.threshold('changed canaries') else etl.threshold('changed canaries of a type')
        end as allowed_share,
        mode() within group (order by d.variable) as most_changed
    from admin.canary_difference as d
    -- All types together, and each.
    cross join lateral (values (null::int), (d.vehicle_type_id)) as t (vehicle_type_id)
    where d.kind <> 'gained'
    group by d.release_id, d.previous_release_id, t.vehicle_type_id
) as c
where c.changed_count > c.canary_count * c.allowed_share;
comment on view admin.changed_canaries is
    'Gate: more canary VINs lost or changed a value against the release before than etl.threshold allows; vehicle_type_id is null for all types together.';
grant select on admin.changed_canaries to mvp_platform_admin, mvp_platform_etl;
