begin;
select plan(3);

set local role mvp_platform_jobs;
select lives_ok($$ select admin.record_jobs_action('ada', '/queues/rebuild', 'intent=cancel&' || repeat('x', 9000)) $$, 'on record');
select throws_ok('select * from admin.action', '42501', null, 'which who writes it may not read');
reset role;
select results_eq(
    $$ select action, subject, detail ->> 'path', length(detail ->> 'form') from admin.action $$,
    $$ values ('job queue', 'ada', '/queues/rebuild', 4000) $$,
    'whose click it was, and what was sent'
);

select * from finish();
rollback;
