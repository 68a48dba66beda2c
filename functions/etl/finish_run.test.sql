begin;
select plan(6);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$ begin perform etl.begin_release(1001); end; $$;

select throws_ok('select etl.finish_run(1001)', 'VP422', null, 'nothing was done yet');
select throws_ok('select etl.finish_run(9999)', 'VP422', null, 'a run that does not exist has done nothing');

-- Another run's steps are not this one's.
insert into etl.run_step (run_id, step) select 1002, s.step from etl.compile_steps() as s;
insert into etl.run_step (run_id, step) select 1001, s.step from etl.compile_steps() as s where s.step <> 'options';
select throws_ok('select etl.finish_run(1001)', 'VP422', null, 'one step is missing');
select results_eq(
    'select r.status, c.is_complete from etl.run as r inner join catalog.release as c on c.run_id = r.run_id',
    $$ values ('running', false) $$,
    'and the release stays incomplete'
);

insert into etl.run_step (run_id, step) values (1001, 'options');
select is(etl.finish_run(1001), 1, 'with every step done it returns the release');
select results_eq(
    'select r.status, r.finished_at, c.is_complete from etl.run as r inner join catalog.release as c on c.run_id = r.run_id',
    $$ values ('compiled', null::timestamptz, true) $$,
    'which is complete, and not published yet'
);

select * from finish();
rollback;
