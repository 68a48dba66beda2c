begin;
select plan(6);

update mvp_migration.applied_migration set applied_at = '2026-01-01' where series = 'platform';

select is(
    api.health(),
    '{
        "jobQueue": "no worker has ever started: set WORKER=inline, or run npm run worker",
        "dataFreshness": "no vehicle data is published yet: mvp-vehicles etl run loads it"
    }'::jsonb,
    'a new database'
);

insert into etl.schedule (cron, timezone, source, next_at, max_age, worker)
values ('0 2 * * 0', 'UTC', 'nhtsa', '2099-01-04 02:00+00', '10 days', 'a:1');
insert into etl.run (run_id, source, status, started_at)
overriding system value
values (1001, 'a', 'checked', now() - interval '9 days');
do $$
begin
    perform etl.begin_release(1001);
    update catalog.release set is_complete = true;
    perform etl.publish(1);
end;
$$;
update etl.run set status = 'published', finished_at = now() - interval '9 days';
select is(api.health(), '{"jobQueue": null, "dataFreshness": null}'::jsonb, 'all is well');

update etl.schedule set seen_at = now() - interval '6 minutes';
select ok(api.health() ->> 'jobQueue' ~ '^no worker has been seen since \d{4}-\d\d-\d\d \d\d:\d\d UTC: ', 'the worker is gone');

update etl.schedule set max_age = '8 days';
select ok(api.health() ->> 'dataFreshness' ~ '^no rebuild has ended well since \d{4}-\d\d-\d\d \d\d:\d\d UTC: ', 'the data is too old');

update etl.schedule set max_age = '10 days';
update mvp_migration.applied_migration set applied_at = now() where series = 'platform';
select ok(api.health() ->> 'dataFreshness' ~ '^the data was loaded before this version of the program: ', 'the program is newer than the data');

delete from etl.schedule;
select ok(api.health() ->> 'jobQueue' ~ '^no worker has ever started: ', 'no schedule');

select * from finish();
rollback;
