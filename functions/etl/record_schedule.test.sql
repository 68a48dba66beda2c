begin;
select plan(2);

do $$ begin perform etl.record_schedule('0 2 * * 0', 'UTC', 'bundled', '2026-01-04 02:00+00', 86400, 'a:1'); end; $$;
select results_eq(
    'select cron, timezone, source, next_at, max_age, worker from etl.schedule',
    $$ values ('0 2 * * 0', 'UTC', 'bundled', '2026-01-04 02:00+00'::timestamptz, interval '1 day', 'a:1') $$,
    'what the worker was configured with'
);
do $$ begin perform etl.record_schedule('0 3 * * 0', 'America/Chicago', 'nhtsa', '2026-01-11 09:00+00', 864000, 'b:2'); end; $$;
select results_eq(
    'select cron, timezone, source, max_age, worker from etl.schedule',
    $$ values ('0 3 * * 0', 'America/Chicago', 'nhtsa', interval '240 hours', 'b:2') $$,
    'the last worker to start counts'
);

select * from finish();
rollback;
