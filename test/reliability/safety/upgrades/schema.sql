-- What a database is made of, a line for each thing, but for its rows and for the partitions of releases, which come and go with them.
with ours as (
    select n.oid, n.nspname, n.nspowner, n.nspacl
    from pg_catalog.pg_namespace as n
    where n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'pgboss', 'tap')
),
relation as (
    select c.*, format('%I.%I', n.nspname, c.relname) as name
    from pg_catalog.pg_class as c
    inner join ours as n on n.oid = c.relnamespace
    where not c.relispartition
        and not exists (
            -- Indexes of partitions.
            select from pg_catalog.pg_index as i
            inner join pg_catalog.pg_class as t on t.oid = i.indrelid
            where i.indexrelid = c.oid and t.relispartition
        )
),
grants as (
    select 'schema ' || n.nspname as subject, n.nspacl as acl, n.nspowner as owner, 'n'::"char" as kind from ours as n
    union all
    select 'relation ' || r.name, r.relacl, r.relowner, case r.relkind when 'S' then 's' else 'r' end::"char" from relation as r where r.relkind in ('r', 'p', 'v', 'm', 'S')
    union all
    select format('column %s.%I', r.name, a.attname), a.attacl, r.relowner, null
    from relation as r
    inner join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attacl is not null
    union all
    select 'routine ' || p.oid::regprocedure, p.proacl, p.proowner, 'f'
    from pg_catalog.pg_proc as p
    inner join ours as n on n.oid = p.pronamespace
)
select line
from (
    select format('schema %s of %s', n.nspname, n.nspowner::regrole) as line from ours as n
    union all
    select format(
        'relation %s: %s of %s, persistence %s, security %s/%s, %s %s', r.name, r.relkind, r.relowner::regrole, r.relpersistence,
        r.relrowsecurity, r.relforcerowsecurity, pg_catalog.pg_get_partkeydef(r.oid), r.reloptions
    )
    from relation as r
    union all
    -- Columns are named, never counted: a column that was dropped leaves a gap, but the order of the rest is the same.
    select format(
        'column %s #%s %s %s%s%s%s %s %s', r.name, row_number() over (partition by r.oid order by a.attnum), a.attname,
        pg_catalog.format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end, ' identity ' || nullif(a.attidentity::text, ''),
        ' generated ' || nullif(a.attgenerated::text, ''), pg_catalog.pg_get_expr(d.adbin, d.adrelid), nullif(a.attcollation, 0)::regcollation
    )
    from relation as r
    inner join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where r.relkind in ('r', 'p', 'v', 'm', 'c')
    union all
    select format('constraint %s on %s: %s', c.conname, r.name, pg_catalog.pg_get_constraintdef(c.oid))
    from pg_catalog.pg_constraint as c
    inner join relation as r on r.oid = c.conrelid
    union all
    select format('index %s', pg_catalog.pg_get_indexdef(r.oid)) from relation as r where r.relkind in ('i', 'I')
    union all
    select format('view %s: %s', r.name, pg_catalog.pg_get_viewdef(r.oid)) from relation as r where r.relkind in ('v', 'm')
    union all
    select format('trigger %s', pg_catalog.pg_get_triggerdef(t.oid))
    from pg_catalog.pg_trigger as t
    inner join relation as r on r.oid = t.tgrelid
    where not t.tgisinternal
    union all
    select format(
        'policy %s on %s: %s %s %s using %s check %s', p.polname, r.name, p.polpermissive, p.polcmd, p.polroles::regrole[],
        pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
    )
    from pg_catalog.pg_policy as p
    inner join relation as r on r.oid = p.polrelid
    union all
    select format('routine %s of %s: %s', p.oid::regprocedure, p.proowner::regrole, pg_catalog.pg_get_functiondef(p.oid))
    from pg_catalog.pg_proc as p
    inner join ours as n on n.oid = p.pronamespace
    where p.prokind in ('f', 'p')
    union all
    select format('collation %I.%I %s', n.nspname, c.collname, c.collprovider)
    from pg_catalog.pg_collation as c
    inner join ours as n on n.oid = c.collnamespace
    union all
    select format('grant on %s: %s to %s%s', g.subject, e.privilege_type, e.grantee::regrole, case when e.is_grantable then ' with grant option' end)
    from grants as g
    cross join lateral pg_catalog.aclexplode(coalesce(g.acl, case when g.kind is not null then pg_catalog.acldefault(g.kind, g.owner) end)) as e
    union all
    select format('by default %s makes %s in %s: %s to %s', d.defaclrole::regrole, d.defaclobjtype, coalesce(n.nspname, 'every schema'), e.privilege_type, e.grantee::regrole)
    from pg_catalog.pg_default_acl as d
    left join pg_catalog.pg_namespace as n on n.oid = d.defaclnamespace
    cross join lateral pg_catalog.aclexplode(d.defaclacl) as e
    union all
    select format('comment on %s: %s', r.name || coalesce('.' || a.attname, ''), d.description)
    from relation as r
    inner join pg_catalog.pg_description as d on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = r.oid
    left join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum = d.objsubid and d.objsubid > 0
    union all
    select format('comment on %s: %s', p.oid::regprocedure, pg_catalog.obj_description(p.oid, 'pg_proc'))
    from pg_catalog.pg_proc as p
    inner join ours as n on n.oid = p.pronamespace
    union all
    -- The job queue's tables are pg-boss's own; that some may read them is ours.
    select format('%s cannot read %s', w.role_name, c.oid::regclass)
    from pg_catalog.pg_class as c
    inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'pgboss'
    cross join unnest(array['mvp_platform_owner', 'mvp_platform_admin', 'mvp_platform_jobs']) as w (role_name)
    where c.relkind in ('r', 'p') and not pg_catalog.has_table_privilege(w.role_name, c.oid, 'select')
    union all
    select format('migration %s %s %s', m.series, m.name, m.sha256) from mvp_migration.applied_migration as m
    union all
    select format('code %s %s', m.series, m.sha256) from mvp_migration.loaded_code as m
) as description (line)
order by line collate "C";
