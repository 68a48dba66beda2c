begin;
select plan(5);

select is(etl.describe_age(0), null, 'no data has no age');
insert into etl.run (run_id, source, status, finished_at)
overriding system value
values (1001, 'a', 'published', now() - interval '20 days'), (1002, 'a', 'unchanged', now() - interval '11 days 2 hours');
insert into catalog.release (release_id, run_id, data_version, source, built_at, is_complete) values (1, 1001, 'version-1', 'a', now() - interval '20 days', true);
do $$ begin perform etl.publish(1); end; $$;

select is(etl.describe_age(12 * 86400), null, 'old data that was found unchanged eleven days ago');
select is(
    etl.describe_age(10 * 86400) - '{service,lastGoodAt,ageSeconds}'::text[],
    '{
        "event": "data-too-old", "maxAgeSeconds": 864000, "dataVersion": "version-1", "reason": null,
        "text": "mvp-platform-vehicles: no rebuild has ended well for 11 days (allowed: 10.0). mvp-vehicles etl status tells more."
    }',
    'longer ago than allowed'
);
insert into etl.run (run_id, source, status, finished_at, reason)
overriding system value
values (1003, 'a', 'failed', now(), 'the host is away');
select is(
    etl.describe_age(10 * 86400) ->> 'text',
    'mvp-platform-vehicles: no rebuild has ended well for 11 days (allowed: 10.0). The last one: the host is away.',
    'with the reason of the last run'
);
select is((etl.describe_age(10 * 86400) ->> 'ageSeconds')::bigint / 86400, 11::bigint, 'in seconds for programs');

select * from finish();
rollback;
