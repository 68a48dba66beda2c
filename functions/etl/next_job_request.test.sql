begin;
select plan(4);

select is(etl.next_job_request(), null, 'nothing is asked for');
insert into etl.action (action_id, action, subject, reason)
overriding system value
values (1, 'x', 'ada', 'r'), (2, 'x', 'bob', 'r'), (3, 'x', 'cy', 'r');
insert into etl.job_request (action_id, kind, forced_reason, requested_at, settled_at, outcome)
values
    (1, 'rebuild', null, now() - interval '16 minutes', null, null), (2, 'rebuild', 'f', now() - interval '1 minute', null, null),
    (3, 'cancel', null, now(), null, null);
select is(
    etl.next_job_request(), '{"actionId": 2, "kind": "rebuild", "forcedReason": "f", "requestedBy": "bob (admin)"}'::jsonb,
    'the oldest that is not too old'
);
select is((select outcome from etl.job_request where action_id = 1), 'no worker took it in time', 'who asked too long ago reads why nothing came');
update etl.job_request set settled_at = now(), outcome = 'done' where action_id = 2;
select is(etl.next_job_request() ->> 'kind', 'cancel', 'then the next');

select * from finish();
rollback;
