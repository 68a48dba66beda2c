-- What etl.compile_keys left out of the table that etl.compile_texts makes, found by comparing instead of compiling again: that takes
-- seconds. Before the newest run has come so far there is nothing to compare, and no row.
create or replace view admin.malformed_key as
with compiled as materialized (
    select r.release_id
    from catalog.release as r
    where r.run_id = (select max(newest.run_id) from etl.run as newest)
        and exists (select from etl.run_step as s where s.run_id = r.run_id and s.step = 'texts')
)
select p.keys, count(*) as pattern_count, count(distinct p.schema_id) as schema_count, min(p.pattern_id) as first_pattern_id
from staging.pattern as p
where exists (select from compiled)
    and not exists (
        select
        from catalog.pattern_key as k
        where k.release_id = (select c.release_id from compiled as c) and k.schema_id = p.schema_id and k.keys = p.keys
    )
group by p.keys;
comment on view admin.malformed_key is
    'Keys that cannot be compiled (lower case, a range backwards, a class without end, no key at all), and how many patterns each costs. Too many of them refuse a publish: admin.excessive_finding.';
grant select on admin.malformed_key to mvp_platform_admin, mvp_platform_etl;
