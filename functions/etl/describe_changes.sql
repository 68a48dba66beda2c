-- Twenty names of a kind say what happened; a month's new models fill pages.
create or replace function etl.describe_changes(release_id int, previous_release_id int)
    returns jsonb
    language sql
    volatile security definer
    set search_path = pg_catalog
begin atomic
    with change as materialized (
        select
            'makes' as kind,
            case when b.make_id is null then 'added' when n.make_id is null then 'removed' else 'renamed' end as what,
            coalesce(n.name, b.name) as name,
            b.name as name_before
        from (select m.make_id, m.name from catalog.make as m where m.release_id = describe_changes.release_id) as n
        full join (select m.make_id, m.name from catalog.make as m where m.release_id = describe_changes.previous_release_id) as b
            on b.make_id = n.make_id
        where n.name is distinct from b.name
        union all
        select
            'models',
            case when b.model_id is null then 'added' when n.model_id is null then 'removed' else 'renamed' end,
            coalesce(n.name, b.name),
            b.name
        from (
            select m.make_id, m.model_id, k.name || ' ' || m.name as name, m.name as model_name
            from catalog.model as m
            inner join catalog.make as k on k.release_id = describe_changes.release_id and k.make_id = m.make_id
            where m.release_id = describe_changes.release_id
        ) as n
        full join (
            select m.make_id, m.model_id, k.name || ' ' || m.name as name, m.name as model_name
            from catalog.model as m
            inner join catalog.make as k on k.release_id = describe_changes.previous_release_id and k.make_id = m.make_id
            where m.release_id = describe_changes.previous_release_id
        ) as b
            on b.make_id = n.make_id and b.model_id = n.model_id
        -- A make that is renamed does not rename all its models.
        where n.model_name is distinct from b.model_name
    ),
    numbered as (
        select c.*, row_number() over (partition by c.kind, c.what order by c.name collate "C", c.name_before collate "C") as ordinal from change as c
    ),
    summary as (
        select
            n.kind, n.what, count(*) as count,
            jsonb_agg(
                case when n.what = 'renamed' then jsonb_build_object('from', n.name_before, 'to', n.name) else to_jsonb(n.name) end order by n.ordinal
            ) filter (where n.ordinal <= 20) as names
        from numbered as n
        group by n.kind, n.what
    )
    select jsonb_build_object(
        'dataVersion', (select r.data_version from catalog.release as r where r.release_id = describe_changes.release_id),
        'previousDataVersion', (select r.data_version from catalog.release as r where r.release_id = describe_changes.previous_release_id),
        'tables', (
            select jsonb_object_agg(
                n.table_name,
                jsonb_build_object(
                    'rows', n.row_count,
                    'change', case when describe_changes.previous_release_id is not null then n.row_count - b.row_count end
                )
            )
            from etl.count_rows(describe_changes.release_id) as n
            inner join etl.count_rows(describe_changes.previous_release_id) as b on b.table_name = n.table_name
        ),
        'names', case
            -- Everything is new in the first one.
            when describe_changes.previous_release_id is null then '{}'
            else coalesce(
                (
                    select jsonb_object_agg(k.kind, k.changes)
                    from (
                        select s.kind, jsonb_object_agg(s.what, jsonb_build_object('count', s.count, 'names', s.names)) as changes
                        from summary as s
                        group by s.kind
                    ) as k
                ),
                '{}'
            )
        end
    );
end;
comment on function etl.describe_changes(int, int) is
    'What a release changes against another: rows of each table, makes and models added, removed and renamed (counts, and up to twenty names each). The previous one may be null: there is none.';
grant execute on function etl.describe_changes(int, int) to mvp_platform_admin, mvp_platform_graphql;
