-- Reads what the run noted: the raw rows are those of the newest run only.
create or replace view admin.excessive_finding as
select
    r.release_id,
    f.check_name as finding,
    f.affected_count,
    f.base_count,
    etl.threshold(f.check_name) as allowed_share,
    format(
        '%s of %s rows (allowed: %s %%), see admin.%s', f.affected_count, f.base_count, round((100 * etl.threshold(f.check_name))::numeric, 2), f.check_name
    ) as reason
from catalog.release as r
inner join etl.finding as f on f.run_id = r.run_id
where f.affected_count > etl.threshold(f.check_name) * f.base_count;
comment on view admin.excessive_finding is
    'Gate: checks on the raw rows that found more than etl.threshold allows. Rows without an owner, keys that do not compile, ids that are there twice.';
grant select on admin.excessive_finding to mvp_platform_admin, mvp_platform_etl;
