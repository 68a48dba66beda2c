begin;
select plan(4);

select is_empty(
    $$
    select w.role_name
    from unnest(array['mvp_platform_graphql', 'mvp_platform_jobs']) as w (role_name)
    where not pg_has_role(current_user, w.role_name, 'member')
    $$,
    'whoever migrates may take the roles'
);

insert into etl.pin (release_id, data_version, reason, pinned_by, expires_at) values (1, 'a', 'r', 'x', now() + interval '1 day');
select throws_ok(
    'insert into etl.pin (release_id, data_version, reason, pinned_by, expires_at) values (2, ''b'', ''r'', ''x'', now() + interval ''1 day'')',
    '23505', null, 'one pin at a time'
);
select throws_ok('insert into etl.action (action, subject, reason) values (''x'', ''y'', '''')', '23514', null, 'no action without a reason');

set local role mvp_platform_etl;
create table pgboss.tried (id int);
reset role;
select set_eq(
    $$
    select r.role_name || ' ' || p.privilege
    from unnest(array['mvp_platform_jobs', 'mvp_platform_graphql', 'mvp_platform_owner']) as r (role_name)
    cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p (privilege)
    where has_table_privilege(r.role_name, 'pgboss.tried', p.privilege)
    $$,
    array['mvp_platform_jobs select', 'mvp_platform_owner select'],
    'the page of the queue and the view of the jobs read it'
);

select * from finish();
rollback;
