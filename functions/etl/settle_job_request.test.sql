begin;
select plan(3);

insert into etl.action (action_id, action, subject, reason) overriding system value values (1, 'x', 'ada', 'r');
insert into etl.job_request (action_id, kind) values (1, 'rebuild');
select is(etl.settle_job_request(1, '00000000-0000-0000-0000-000000000001', 'queued'), true, 'settled');
select is(etl.settle_job_request(1, null, 'by another'), null, 'once');
select results_eq(
    'select job_id, outcome, settled_at is not null from admin.action',
    $$ values ('00000000-0000-0000-0000-000000000001'::uuid, 'queued', true) $$,
    'who asked sees what came of it'
);

select * from finish();
rollback;
