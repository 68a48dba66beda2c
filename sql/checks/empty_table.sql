-- Without these a release answers nothing, whatever the one before had. The others may be empty: a source may lack them.
create or replace view admin.empty_table as
select r.release_id, c.table_name, format('catalog.%s is empty', c.table_name) as reason
from catalog.release as r
cross join lateral etl.count_rows(r.release_id) as c
where c.row_count = 0
    and c.table_name in ('element', 'error_code', 'vehicle_type', 'wmi', 'segment', 'pattern_key', 'pattern', 'make', 'model', 'model_make', 'schema_name');
comment on view admin.empty_table is 'Gate: tables of a release that have no row and must have some.';
grant select on admin.empty_table to mvp_platform_admin, mvp_platform_etl;
