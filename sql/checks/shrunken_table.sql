create or replace view admin.shrunken_table as
select
    r.release_id,
    p.release_id as previous_release_id,
    n.table_name,
    b.row_count as rows_before,
    n.row_count as rows_now,
    etl.threshold('lost rows') as allowed_share,
    format(
        'catalog.%s lost %s of %s rows, %s %% (allowed: %s %%)', n.table_name, b.row_count - n.row_count, b.row_count,
        round(100.0 * (b.row_count - n.row_count) / b.row_count, 1), round((100 * etl.threshold('lost rows'))::numeric, 1)
    ) as reason
from catalog.release as r
inner join catalog.release as p on p.release_id = etl.previous_release_id(r.release_id)
cross join lateral etl.count_rows(r.release_id) as n
inner join lateral etl.count_rows(p.release_id) as b on b.table_name = n.table_name
where b.row_count - n.row_count > b.row_count * etl.threshold('lost rows')
    and b.row_count - n.row_count >= etl.threshold('lost rows at least');
comment on view admin.shrunken_table is 'Gate: tables of a release that lost more rows against the release before than etl.threshold allows.';
grant select on admin.shrunken_table to mvp_platform_admin, mvp_platform_etl;
