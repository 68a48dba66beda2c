begin;
select plan(11);

select is_empty(
    $$
    select p.oid::regprocedure
    from pg_proc as p
    inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
    cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
    where a.grantee = 0
    $$,
    'public may execute nothing'
);

select is_empty(
    $$
    select c.oid::regclass::text, a.privilege_type
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspowner = 'mvp_platform_owner'::regrole
    cross join lateral aclexplode(c.relacl) as a
    where a.grantee = 0
    union all
    select n.nspname::text, a.privilege_type
    from pg_namespace as n
    cross join lateral aclexplode(n.nspacl) as a
    where n.nspowner = 'mvp_platform_owner'::regrole and a.grantee = 0
    $$,
    'nor read a table, nor look into a schema'
);

-- Who may execute what, with all that memberships bring.
create temporary table may_execute as
select r.rolname::text as role_name, p.pronamespace::regnamespace::text as schema_name, p.proname::text as name
from pg_proc as p
inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
inner join pg_roles as r on r.rolname in ('mvp_platform_user', 'mvp_platform_etl', 'mvp_platform_admin', 'mvp_platform_graphql', 'mvp_platform_jobs')
where has_function_privilege(r.oid, p.oid, 'execute');

select set_eq(
    $$ select schema_name, name from may_execute where role_name = 'mvp_platform_user' $$,
    $$ select p.pronamespace::regnamespace::text, p.proname::text from pg_proc as p where p.pronamespace = 'api'::regnamespace $$,
    'the server: all of api and nothing else'
);

select set_eq(
    $$ select schema_name, name from may_execute where role_name = 'mvp_platform_admin' $$,
    $$
    select p.pronamespace::regnamespace::text, p.proname::text from pg_proc as p where p.pronamespace = 'api'::regnamespace
    union all
    values
        ('admin', 'request_rebuild'), ('admin', 'cancel_rebuild'), ('admin', 'publish_release'), ('admin', 'roll_back'), ('admin', 'pin_release'), ('admin', 'unpin_release'),
        ('etl', 'publish'), ('etl', 'rollback'), ('etl', 'cancel_run'), ('etl', 'verify_release'), ('etl', 'render_status'),
        -- What the views of admin call.
        ('etl', 'threshold'), ('etl', 'count_rows'), ('etl', 'previous_release_id'), ('etl', 'canary_answers'), ('etl', 'render_changes'),
        ('etl', 'last_good_at'), ('etl', 'list_jobs'), ('etl', 'describe_changes')
    $$,
    'operators: all of api and the recorded actions; publish, rollback, cancel, verify, status; what their views call'
);

select set_eq(
    $$ select schema_name || '.' || name from may_execute where role_name = 'mvp_platform_graphql' $$,
    array[
        'admin.request_rebuild', 'admin.cancel_rebuild', 'admin.publish_release', 'admin.roll_back', 'admin.pin_release', 'admin.unpin_release',
        'etl.render_changes', 'etl.previous_release_id', 'etl.canary_answers', 'etl.last_good_at', 'etl.list_jobs', 'etl.verify_release',
        'etl.describe_changes'
    ],
    '/admin/graphql: the recorded actions; what its views call'
);

select is_empty($$ select * from may_execute where role_name = 'mvp_platform_jobs' $$, '/admin/jobs: nothing');

select set_eq(
    $$ select schema_name || '.' || name from may_execute where role_name = 'mvp_platform_etl' $$,
    array[
        'api.data_version', 'api.decode_elements', 'api.decode_vin', 'etl.begin_run', 'etl.cancel_run', 'etl.canary_answers',
        'etl.check_run', 'etl.clean_up', 'etl.compile_steps', 'etl.count_rows', 'etl.describe_age', 'etl.describe_failure',
        'etl.describe_run', 'etl.draw_canaries', 'etl.fail_run', 'etl.finish_run', 'etl.is_over', 'etl.next_job_request', 'etl.previous_release_id', 'etl.settle_job_request', 'etl.prune_releases', 'etl.publish',
        'etl.published_source', 'etl.record_skip', 'etl.reject_rows',
        'etl.record_load', 'etl.record_schedule', 'etl.record_source', 'etl.record_step', 'etl.release_of_run', 'etl.render_changes',
        'etl.render_status', 'etl.report_progress', 'etl.rollback', 'etl.run_compile_step', 'etl.threshold', 'etl.verify_release', 'etl.wanted_rebuild'
    ],
    'the rebuild: its own steps, its jobs'' words, and a decode to try a release by'
);

select is_empty(
    $$
    select m.role_name, m.schema_name, m.name
    from may_execute as m
    where not has_schema_privilege(m.role_name, m.schema_name, 'usage')
        -- Its views name them by themselves; it cannot call them.
        and not (m.role_name = 'mvp_platform_graphql' and m.schema_name = 'etl')
    $$,
    'whoever may execute a function may look into its schema: else the grant is dead'
);

-- What each role may do with tables and views.
select set_eq(
    $$
    select r.rolname || ' ' || n.nspname || ' ' || p.privilege
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspowner = 'mvp_platform_owner'::regrole
    inner join pg_roles as r on r.rolname in ('mvp_platform_user', 'mvp_platform_etl', 'mvp_platform_admin', 'mvp_platform_graphql', 'mvp_platform_jobs')
    cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p (privilege)
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and has_table_privilege(r.oid, c.oid, p.privilege)
    $$,
    array[
        'mvp_platform_admin admin select', 'mvp_platform_graphql admin select', 'mvp_platform_etl admin select', 'mvp_platform_etl etl select',
        'mvp_platform_etl vpic select', 'mvp_platform_etl vpic insert', 'mvp_platform_etl vpic truncate'
    ],
    'the rebuild fills raw tables and reads its lists and the checks; operators read views; the server reads nothing'
);

select set_eq(
    $$
    select c.oid::regclass::text
    from pg_class as c
    where c.relnamespace = 'etl'::regnamespace and c.relkind in ('r', 'v') and has_table_privilege('mvp_platform_etl', c.oid, 'select')
    $$,
    array['etl.compile_step', 'etl.raw_table', 'etl.required_column'],
    'of its own schema the rebuild reads lists, no run and no release'
);

select is_empty(
    $$
    select r.rolname, r.rolsuper, r.rolcanlogin, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls
    from pg_roles as r
    where r.rolname like 'mvp\_platform\_%'
        and (r.rolsuper or r.rolcanlogin or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls)
    union all
    select m.member::regrole::text || ' is in ' || m.roleid::regrole::text, null, null, null, null, null, null
    from pg_auth_members as m
    where m.member::regrole::text like 'mvp\_platform\_%'
    $$,
    'the roles carry no login and no power of their own, and none is in another'
);

select * from finish();
rollback;
