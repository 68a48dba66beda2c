-- That a second session is refused (VP409) needs two connections: etl/rebuild.test.ts.
begin;
select plan(8);

insert into etl.run (run_id, source) overriding system value values (1001, 'died');
insert into vpic.make (id, name) values (1, 'left over');
create temporary table begun as
select etl.begin_run('bundled', '{"version": "2026-03"}', ' a reason ', '00000000-0000-0000-0000-000000000007', 'host:1') as run_id;

select results_eq(
    $$
    select source, source_detail, status, finished_at, backend_pid, reason, forced_reason, job_id::text, worker
    from etl.run where run_id = (select run_id from begun)
    $$,
    $$
    values (
        'bundled', '{"version": "2026-03"}'::jsonb, 'running', null::timestamptz, pg_backend_pid(), null::text, 'a reason',
        '00000000-0000-0000-0000-000000000007', 'host:1'
    )
    $$,
    'the new run is noted with its source, who asked for it and who runs it'
);
select is(
    (select r.code_version from etl.run as r where r.run_id = (select run_id from begun)), etl.code_version(), 'and by which code'
);
select results_eq(
    'select (select status from etl.run where run_id = 1001), (select count(*) from vpic.make)', $$ values ('failed', 0::bigint) $$,
    'what a dead run left is cleaned up'
);

select results_eq(
    $$
    select mode, granted, (classid::bigint << 32 | objid::bigint) = hashtext('mvp_platform_rebuild')
    from pg_locks
    where locktype = 'advisory' and pid = pg_backend_pid()
    $$,
    $$ values ('ExclusiveLock', true, true) $$,
    'the session holds the one-run lock'
);

-- A savepoint's end would free a lock of the transaction.
savepoint before_run;
do $$ begin perform etl.begin_run('undone'); end; $$;
rollback to savepoint before_run;
select is(
    (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()), 1::bigint,
    'a lock of the session: it outlives every transaction of the run and ends with the connection'
);

do $$ begin perform etl.begin_run('no detail', null, ''); end; $$;
select results_eq(
    $$ select r.source_detail, r.forced_reason from etl.run as r where r.source = 'no detail' $$,
    $$ values ('{}'::jsonb, null::text) $$,
    'a source that tells nothing about itself yet, and a reason that is none'
);

set local role mvp_platform_etl;
select lives_ok($$ select etl.begin_run('as the rebuild''s own role') $$, 'the rebuild''s role may start a run');
set local role mvp_platform_user;
select throws_ok($$ select etl.begin_run('as the server') $$, '42501', null, 'the server''s role may not');
reset role;

select * from finish();
rollback;
