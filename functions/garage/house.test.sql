-- The house rules of functions/lint, for the main database.
begin;
select plan(5);

select is_empty(
    $$
    select p.oid::regprocedure::text
    from pg_proc as p
    where p.pronamespace = 'garage'::regnamespace
        and (
            coalesce(obj_description(p.oid, 'pg_proc'), '') !~ '\.$' or p.prosecdef
            or p.proowner <> 'mvp_main_owner'::regrole
        )
    union all
    select c.oid::regclass::text
    from pg_class as c
    where c.relnamespace = 'garage'::regnamespace and c.relkind in ('r', 'v')
        and (coalesce(obj_description(c.oid, 'pg_class'), '') = '' or c.relowner <> 'mvp_main_owner'::regrole)
    $$,
    'all is the owner''s and says what it is; nothing runs with the owner''s rights'
);

select is_empty(
    $$
    select p.oid::regprocedure::text
    from pg_proc as p
    cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
    where p.pronamespace = 'garage'::regnamespace and a.grantee = 0
    union all
    select c.oid::regclass::text
    from pg_class as c
    cross join lateral aclexplode(c.relacl) as a
    where c.relnamespace = 'garage'::regnamespace and a.grantee = 0
    $$,
    'public may do nothing'
);

select is_empty(
    $$
    select p.proname, count(*) from pg_proc as p where p.pronamespace = 'garage'::regnamespace group by p.proname having count(*) > 1
    $$,
    'no function is overloaded'
);

select set_eq(
    $$
    select r.rolname || ' ' || p.proname
    from pg_proc as p
    cross join pg_roles as r
    where p.pronamespace = 'garage'::regnamespace and r.rolname in ('mvp_main_user', 'mvp_main_worker')
        and has_function_privilege(r.oid, p.oid, 'execute')
    $$,
    array[
        'mvp_main_user act_for', 'mvp_main_user vehicle_json', 'mvp_main_user create_vehicle', 'mvp_main_user list_vehicles',
        'mvp_main_user find_vehicle', 'mvp_main_user change_vehicle', 'mvp_main_user remove_vehicle',
        'mvp_main_worker claim_vehicles', 'mvp_main_worker complete_vehicles', 'mvp_main_worker postpone_vehicles', 'mvp_main_worker release_vehicles'
    ],
    'each role: its own work'
);

select is_empty(
    $$
    select c.oid::regclass
    from pg_class as c
    where c.relnamespace = 'garage'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
    $$,
    'no table without row-level security, forced'
);

select * from finish();
rollback;
