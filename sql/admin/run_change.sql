create or replace view admin.run_change as
select
    r.run_id, r.changes ->> 'dataVersion' as data_version, r.changes ->> 'previousDataVersion' as previous_data_version,
    c.topic, c.row_count, c.row_change, c.names
from etl.run as r
cross join lateral (
    select t.key as topic, (t.value ->> 'rows')::bigint as row_count, (t.value ->> 'change')::bigint as row_change, null::jsonb as names
    from jsonb_each(r.changes -> 'tables') as t
    union all
    select k.key || ' ' || w.key, (w.value ->> 'count')::bigint, null, w.value -> 'names'
    from jsonb_each(r.changes -> 'names') as k
    cross join lateral jsonb_each(k.value) as w
) as c;
comment on view admin.run_change is
    'What the release of a run changed against the one before: a row for each table (its rows, more or fewer than before) and for makes and models that were added, removed or renamed.';
comment on column admin.run_change.topic is 'A table, or such as "makes added".';
comment on column admin.run_change.names is 'Up to twenty of them.';
grant select on admin.run_change to mvp_platform_admin, mvp_platform_graphql;
