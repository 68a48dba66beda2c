begin;
select plan(6);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
insert into etl.run (run_id, source, status, finished_at) overriding system value values (1002, 'b', 'failed', now());

select is(etl.report_progress(1001, '{"step": "loading"}', 200), false, 'nobody asked it to stop');
select is(etl.report_progress(1001, '{"step": "compiling"}', 100), false, 'nor a second later');
select results_eq(
    'select progress, peak_memory, beat_at is not null from etl.run where run_id = 1001',
    $$ values ('{"step": "compiling"}'::jsonb, 200::bigint, true) $$,
    'the last progress and the most memory'
);
do $$ begin perform etl.cancel_run(); end; $$;
select is(etl.report_progress(1001, null, null), true, 'now somebody did');
select is(etl.report_progress(1002, '{"step": "late"}', 1), false, 'a run that is over');
select is_empty('select from etl.run where run_id = 1002 and (progress is not null or beat_at is not null)', 'notes nothing');

select * from finish();
rollback;
