-- Takes each role and tries. A file about grants can be wrong; a refused statement cannot.
begin;
select plan(11);

insert into etl.run (run_id, source, status) overriding system value values (1001, 'a', 'checked'), (1002, 'b', 'checked');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    update catalog.release set is_complete = true;
    perform etl.publish(1);
end;
$$;

create function pg_temp.tried(statements text[]) returns table (statement text, outcome text) language plpgsql as $$
begin
    foreach statement in array statements loop
        begin
            execute statement;
            outcome := 'done';
        exception
            when others then
                outcome := sqlstate;
        end;
        return next;
    end loop;
end;
$$;
-- Every table and view: whether a role may read it, is asked by reading.
create temporary table readings as
select format('select from %s', c.oid::regclass) as statement, c.relnamespace::regnamespace::text as schema_name
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace and n.nspowner = 'mvp_platform_owner'::regrole
where c.relkind in ('r', 'p', 'v', 'm', 'f');
grant select on readings to public;

set local role mvp_platform_user;
select is_empty(
    $$
    select t.* from pg_temp.tried(array[
        'select api.data_version()', 'select api.status()', 'select api.health()', 'select api.decode_vin(''1'')',
        'select * from api.decode_elements(''1'')', 'select * from api.makes()', 'select * from api.years()',
        'select * from api.trims()', 'select * from api.engines()', 'select * from api.transmissions()',
        'select api.vpic_decode_vin(''1'')', 'select * from api.vpic_decode_vin_values(''1'')',
        'select api.vpic_decode_vins_values(array[''1''])'
    ]) as t
    where t.outcome <> 'done'
    $$,
    'the server calls api'
);
select is_empty(
    $$ select t.* from pg_temp.tried((select array_agg(r.statement) from readings as r)) as t where t.outcome <> '42501' $$,
    'the server reads no table and no view'
);
select is_empty(
    $$
    select t.* from pg_temp.tried(array[
        'select etl.publish(2)', 'select etl.rollback()', 'select etl.begin_run(''x'')', 'select etl.drop_release(2)',
        'select etl.fail_run(1001, ''x'')', 'call etl.run_compile_step(1001, ''analyze'')', 'select vin.normalize(''x'')',
        'select vin.check_digit(''x'')', 'select decoder.current_release_id()', 'select decoder.find_make(1, ''x'')',
        'insert into vpic.make (id) values (1)', 'update catalog.current_release set release_id = 2', 'delete from etl.run',
        'truncate vpic.make', 'drop table catalog.make_r1', 'create table api.x (i int)', 'create table catalog.x (i int)',
        'create function api.x() returns int language sql return 1', 'alter function api.status() security invoker',
        'create schema x', 'create table public.x (i int)', 'grant usage on schema etl to public',
        'create or replace function api.data_version() returns text language sql return ''x'''
    ]) as t
    where t.outcome <> '42501'
    $$,
    'nor does it publish, write, create or change anything'
);

set local role mvp_platform_admin;
select is_empty(
    $$
    select t.* from pg_temp.tried(array[
        'select api.status()', 'select api.decode_vin(''1'')', 'select * from admin.release', 'select * from admin.run',
        'select * from admin.refusal', 'select etl.publish(2)', 'select etl.rollback()'
    ]) as t
    where t.outcome <> 'done'
    $$,
    'operators call api, read the views, publish and go back'
);
select is_empty(
    $$
    select t.*
    from pg_temp.tried((select array_agg(r.statement) from readings as r where r.schema_name <> 'admin')) as t
    where t.outcome <> '42501'
    union all
    select t.* from pg_temp.tried(array[
        'select etl.begin_run(''x'')', 'select etl.drop_release(2)', 'select etl.fail_run(1001, ''x'')', 'select etl.finish_run(1001)',
        'call etl.run_compile_step(1001, ''analyze'')', 'select decoder.current_release_id()', 'select vin.normalize(''x'')',
        'update catalog.current_release set release_id = 2', 'insert into vpic.make (id) values (1)', 'delete from admin.run',
        'create view admin.x as select 1', 'create table etl.x (i int)', 'drop table catalog.make_r1'
    ]) as t
    where t.outcome not in ('42501', '55000')
    $$,
    'and read no table, run no step, write nothing'
);

set local role mvp_platform_etl;
select is_empty(
    $$
    select t.* from pg_temp.tried(array[
        'select api.data_version()', 'select api.decode_vin(''1'')', 'select * from etl.raw_table', 'select * from etl.compile_step',
        'insert into vpic.make (id, name) values (1, ''x'')', 'select * from vpic.make', 'truncate vpic.make',
        'select etl.release_of_run(1001)', 'select etl.publish(2)', 'select etl.rollback()',
        'select etl.record_load(1001, ''make'', 1)', 'select etl.begin_run(''x'')',
        'call etl.run_compile_step(etl.begin_run(''y''), ''analyze'')', 'select * from admin.malformed_key'
    ]) as t
    where t.outcome <> 'done'
    $$,
    'the rebuild does its work'
);
select is_empty(
    $$
    select t.*
    from pg_temp.tried((select array_agg(r.statement) from readings as r where r.schema_name in ('catalog', 'staging'))) as t
    where t.outcome <> '42501'
    union all
    select t.* from pg_temp.tried(array[
        'select * from etl.run', 'select * from etl.publication', 'select etl.drop_release(2)', 'select etl.begin_release(1001)',
        'select etl.compile_keys(1)', 'select etl.analyze_tables(''catalog'')', 'select api.status()', 'select * from api.makes()',
        'select decoder.current_release_id()', 'select vin.normalize(''x'')', 'update catalog.current_release set release_id = 2',
        'delete from etl.run', 'update etl.run set status = ''published''', 'update vpic.make set name = ''x''', 'delete from vpic.make',
        'drop table vpic.make', 'alter table vpic.make add column x int', 'create table vpic.x (i int)', 'create table etl.x (i int)'
    ]) as t
    where t.outcome <> '42501'
    $$,
    'and nothing else: it cannot publish past etl.publish, nor rewrite what happened'
);

set local role mvp_platform_graphql;
select is_empty(
    $$
    select t.* from pg_temp.tried(array[
        'select * from admin.release', 'select * from admin.publication', 'select * from admin.run', 'select * from admin.run_step',
        'select * from admin.run_finding', 'select * from admin.run_change', 'select * from admin.refusal', 'select * from admin.objection',
        'select * from admin.comparison', 'select * from admin.canary', 'select * from admin.canary_difference', 'select * from admin.job',
        'select * from admin.schedule', 'select * from admin.action', 'select * from admin.pin', 'select admin.publish_release(2, ''a test'')',
        'select admin.roll_back(''a test'')', 'select admin.pin_release(1, ''a test'')', 'select admin.unpin_release(''a test'')'
    ]) as t
    where t.outcome <> 'done'
    $$,
    'the admin page reads its views and acts'
);
select is_empty(
    $$
    select t.*
    from pg_temp.tried((
        select array_agg(r.statement)
        from readings as r
        where r.statement !~ ' admin\.(release|publication|run|run_step|run_finding|run_change|refusal|objection|comparison|canary|canary_difference|job|schedule|action|pin)$'
    )) as t
    where t.outcome <> '42501'
    union all
    select t.* from pg_temp.tried(array[
        'select etl.publish(2)', 'select etl.rollback()', 'select etl.cancel_run()', 'select * from etl.verify_release(1)', 'select etl.render_changes(''{}'')',
        'select etl.record_action(''x'', ''y'')', 'select api.status()', 'select api.decode_vin(''1'')',
        'select decoder.current_release_id()', 'select vin.normalize(''x'')', 'select from pgboss.job', 'insert into vpic.make (id) values (1)',
        'update admin.pin set reason = ''x''', 'delete from admin.action', 'update etl.pin set reason = ''x''', 'delete from etl.action',
        'create view admin.x as select 1', 'create table admin.x (i int)', 'create table public.x (i int)', 'create schema x',
        'create role x', 'alter role mvp_platform_graphql superuser', 'grant mvp_platform_graphql to mvp_platform_user',
        'select pg_read_file(''PG_VERSION'')', 'select pg_ls_dir(''.'')', 'select pg_reload_conf()', 'select lo_import(''/etc/passwd'')',
        'copy (select 1) to program ''true''', 'copy (select 1) to ''/tmp/x''', 'select * from pg_authid', 'create extension dblink'
    ]) as t
    where t.outcome not in ('42501', '55000')
    $$,
    'and nothing else'
);

set local role mvp_platform_jobs;
select is_empty(
    $$
    select t.* from pg_temp.tried((select array_agg(r.statement) from readings as r)) as t where t.outcome <> '42501'
    union all
    select t.* from pg_temp.tried(array[
        'select admin.publish_release(2, ''x'')', 'select admin.pin_release(1, ''x'')', 'select etl.publish(2)', 'select api.status()', 'select vin.normalize(''x'')',
        'create table pgboss.x (i int)', 'drop schema pgboss cascade', 'create function pgboss.x() returns int language sql return 1',
        'create table public.x (i int)', 'select pg_read_file(''PG_VERSION'')', 'copy (select 1) to program ''true'''
    ]) as t
    where t.outcome <> '42501'
    $$,
    'the page of the queue reads and does nothing of all this'
);

reset role;
select results_eq(
    'select release_id from catalog.current_release', array[1], 'after all this the same release is published'
);

select * from finish();
rollback;
