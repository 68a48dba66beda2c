begin;
select plan(4);

select is_empty(
    $$
    select w.role_name
    from unnest(array['mvp_main_owner', 'mvp_main_user', 'mvp_main_worker']) as w (role_name)
    where not pg_has_role(current_user, w.role_name, 'member')
    $$,
    'whoever migrates may take every role'
);

select is_empty(
    $$
    select r.rolname
    from pg_roles as r
    where r.rolname like 'mvp\_main\_%'
        and (
            r.rolsuper or r.rolcanlogin or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls
            or coalesce(shobj_description(r.oid, 'pg_authid'), '') = ''
        )
    union all
    select m.member::regrole::name
    from pg_auth_members as m
    where m.member::regrole::text like 'mvp\_main\_%'
    $$,
    'the roles say what they are for, carry no login and no power of their own, and none is in another'
);

-- Roles belong to the whole server: another of its databases made them already when this one was migrated.
select is_empty(
    $$
    select d.defaclrole::regrole, d.defaclobjtype
    from pg_default_acl as d
    cross join lateral aclexplode(d.defaclacl) as a
    where d.defaclrole = 'mvp_main_owner'::regrole and a.grantee = 0
    $$,
    'what the owner makes from now on is not public''s either'
);

select is(
    (select n.nspowner::regrole::text from pg_namespace as n where n.nspname = 'garage'), 'mvp_main_owner',
    'the schema is the owner''s'
);

select * from finish();
rollback;
