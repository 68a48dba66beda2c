begin;
select plan(3);

select is(api.data_version(), null, 'null when nothing is published, no error');

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
insert into catalog.release (release_id, run_id, data_version, source, is_complete)
values (1, 1001, '2026-03-r1', 'bundled', true), (2, 1002, '2026-04-r2', 'bundled', true);
select is(api.data_version(), null, 'a release that is not published does not show');

do $$ begin perform etl.publish(1); end; $$;
select is(api.data_version(), '2026-03-r1', 'the published one, not the newest');

select * from finish();
rollback;
