begin;
select plan(7);

set local role mvp_platform_graphql;
set local mvp_platform.subject = 'ada';
select throws_ok('select admin.request_rebuild(''why'')', 'VP503', null, 'no worker is there');
reset role;
insert into etl.schedule (cron, timezone, source, next_at, max_age, worker) values ('0 2 * * 0', 'UTC', 'nhtsa', now() + interval '1 day', '10 days', 'a:1');
set local role mvp_platform_graphql;

select throws_ok('select admin.request_rebuild('''')', 'VP422', null, 'without a reason');
select results_eq(
    $$ select action, subject, reason, detail, outcome from admin.request_rebuild('NHTSA corrected a make') $$,
    $$ values ('request rebuild', 'ada', 'NHTSA corrected a make', '{"isForced": false}'::jsonb, null::text) $$,
    'asked for'
);
select lives_ok('select admin.request_rebuild(''we looked: it is right'', true)', 'by force');
reset role;
select results_eq(
    'select kind, forced_reason from etl.job_request order by action_id',
    $$ values ('rebuild', null), ('rebuild', 'we looked: it is right') $$,
    'the reason goes with a forced one'
);

insert into etl.run (run_id, source, beat_at) overriding system value values (1001, 'a', now());
select throws_ok('select admin.request_rebuild(''why'')', 'VP409', null, 'one is running');
update etl.run set beat_at = now() - interval '2 minutes';
select lives_ok('select admin.request_rebuild(''why'')', 'one that died is no reason');

select * from finish();
rollback;
