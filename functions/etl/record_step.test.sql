begin;
select plan(1);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.record_step(1001, 'open', 2.5, '{"a": 1}'); end; $$;
select results_eq(
    'select step, duration, row_count, detail, started_at < clock_timestamp() - interval ''2 seconds'' from etl.run_step',
    $$ values ('open', interval '2.5 seconds', null::bigint, '{"a": 1}'::jsonb, true) $$,
    'a step that began when it began'
);

select * from finish();
rollback;
