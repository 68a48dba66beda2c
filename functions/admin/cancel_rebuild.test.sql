begin;
select plan(6);

set local role mvp_platform_graphql;
set local mvp_platform.subject = 'ada';
select throws_ok('select admin.cancel_rebuild(''why'')', 'VP503', null, 'nothing runs, and no worker knows of a planned attempt');
reset role;
insert into etl.schedule (cron, timezone, source, next_at, max_age, worker) values ('0 2 * * 0', 'UTC', 'nhtsa', now() + interval '1 day', '10 days', 'a:1');
select throws_ok('select admin.cancel_rebuild('' '')', 'VP422', null, 'without a reason');
select lives_ok('select admin.cancel_rebuild(''why'')', 'the planned attempt, if there is one');
select results_eq('select kind from etl.job_request', array['cancel'], 'is the worker''s to find');

insert into etl.run (run_id, source, beat_at) overriding system value values (1001, 'a', now());
select is((select detail from admin.cancel_rebuild('a bad moment')), '{"runId": 1001}'::jsonb, 'the one that runs');
select is((select cancel_requested_at from etl.run), now(), 'is asked to stop');

select * from finish();
rollback;
