-- That a second session is refused (VP409) needs two connections: etl/rebuild.test.ts.
begin;
select plan(12);

-- What dead runs left: one died while compiling, one after it, one long ago was published.
insert into etl.run (run_id, source, status, finished_at)
overriding system value
values
    (1001, 'published', 'published', '2026-01-01'),
    (1002, 'died compiling', 'running', null),
    (1003, 'died before publishing', 'compiled', null),
    (1004, 'failed', 'failed', '2026-01-02');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    perform etl.begin_release(1003);
    update catalog.release set is_complete = true where release_id in (1, 3);
    perform etl.publish(1);
end;
$$;
insert into vpic.make (id, name) values (1, 'left over');
insert into vpic.lookup (lookup_table, id, name) values ('bodystyle', 1, 'left over');
create temporary table begun as select etl.begin_run('bundled', '{"version": "2026-03"}') as run_id;

select results_eq(
    'select source, source_detail, status, finished_at, backend_pid, reason from etl.run where run_id = (select run_id from begun)',
    $$ values ('bundled', '{"version": "2026-03"}'::jsonb, 'running', null::timestamptz, pg_backend_pid(), null::text) $$,
    'the new run is noted with its source and its process'
);

select results_eq(
    'select run_id, status, reason is not null, finished_at is not null from etl.run where run_id between 1001 and 1004 order by run_id',
    $$
    values
        (1001, 'published', false, true),
        (1002, 'failed', true, true),
        (1003, 'failed', true, true),
        (1004, 'failed', false, true)
    $$,
    'dead runs are marked and say why, finished ones stay as they were'
);

select results_eq(
    'select release_id from catalog.release', array[1], 'releases that nobody will finish or publish are gone'
);
select is_empty(
    $$
    select relname from pg_class where relnamespace = 'catalog'::regnamespace and (relname like '%\_r2' or relname like '%\_r3')
    $$,
    'with their partitions'
);
select results_eq(
    'select release_id from catalog.current_release', array[1], 'the published release stays published'
);

-- A loop in the test itself, so that a raw table that is added later is seen.
create function pg_temp.filled_raw_tables() returns setof text language plpgsql as $$
declare
    raw regclass;
    is_filled boolean;
begin
    for raw in select c.oid from pg_class as c where c.relnamespace = 'vpic'::regnamespace and c.relkind = 'r' loop
        execute format('select exists (select from %s)', raw) into is_filled;
        if is_filled then
            return next raw::text;
        end if;
    end loop;
end;
$$;
select is_empty('select pg_temp.filled_raw_tables()', 'the raw tables are empty');
do $$
declare
    raw regclass;
begin
    for raw in select c.oid from pg_class as c where c.relnamespace = 'vpic'::regnamespace and c.relkind = 'r' and c.relname <> 'lookup' loop
        execute format('insert into %s default values', raw);
    end loop;
    perform etl.begin_run('again');
end;
$$;
select is_empty('select pg_temp.filled_raw_tables()', 'every one of them, whatever was in it');

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

do $$ begin perform etl.begin_run('no detail', null); end; $$;
select results_eq(
    $$ select r.source_detail from etl.run as r where r.source = 'no detail' $$,
    $$ values ('{}'::jsonb) $$,
    'a source that tells nothing about itself'
);

set local role mvp_platform_etl;
select lives_ok($$ select etl.begin_run('as the rebuild''s own role') $$, 'the rebuild''s role may start a run');
set local role mvp_platform_user;
select throws_ok($$ select etl.begin_run('as the server') $$, '42501', null, 'the server''s role may not');
reset role;

select * from finish();
rollback;
