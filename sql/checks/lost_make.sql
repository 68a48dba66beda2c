-- As shares, because both releases grow. NHTSA has a few WMIs without a make for good, so only the rise counts.
create or replace view admin.lost_make as
select
    n.release_id,
    b.release_id as previous_release_id,
    b.share as share_before,
    n.share as share_now,
    etl.threshold('more WMIs without make') as allowed_rise,
    format(
        '%s of %s WMIs have no make, before %s of %s (allowed: %s %% more)', n.bare_count, n.wmi_count, b.bare_count, b.wmi_count,
        round((100 * etl.threshold('more WMIs without make'))::numeric, 2)
    ) as reason
from (
    select w.release_id, count(*) as wmi_count, count(*) filter (where w.make_ids = '{}') as bare_count,
        avg((w.make_ids = '{}')::int) as share
    from catalog.wmi as w
    group by w.release_id
) as n
inner join (
    select w.release_id, count(*) as wmi_count, count(*) filter (where w.make_ids = '{}') as bare_count,
        avg((w.make_ids = '{}')::int) as share
    from catalog.wmi as w
    group by w.release_id
) as b on b.release_id = etl.previous_release_id(n.release_id)
where n.share > b.share + etl.threshold('more WMIs without make');
comment on view admin.lost_make is 'Gate: a release in which more WMIs have no make than etl.threshold allows against the release before.';
grant select on admin.lost_make to mvp_platform_admin, mvp_platform_etl;
