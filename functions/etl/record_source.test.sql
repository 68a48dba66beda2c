begin;
select plan(9);

insert into etl.run (run_id, source, source_detail, status, code_version)
overriding system value
values (1001, 'nhtsa', '{"sha256": "aa"}', 'checked', 'c1');
do $$
begin
    perform etl.begin_release(1001);
    update catalog.release set is_complete = true;
end;
$$;
insert into vpic.make (id, name) values (1, 'of the published release');
insert into etl.run (run_id, source, code_version, forced_reason)
overriding system value
values (1002, 'a', 'c1', null), (1003, 'b', 'c1', null), (1004, 'c', 'c2', null), (1005, 'd', 'c1', 'because'), (1006, 'e', 'c1', null);

savepoint nothing_published;
select is(etl.record_source(1002, '{"sha256": "aa"}'), false, 'nothing is published yet: everything is news');
rollback to savepoint nothing_published;

do $$ begin perform etl.publish(1); end; $$;
select is(etl.record_source(1002, '{"sha256": "aa", "version": "2026-03"}'), true, 'the file that the published release was made of');
select results_eq(
    'select status, finished_at is not null, source_detail ->> ''version'' from etl.run where run_id = 1002',
    $$ values ('unchanged', true, '2026-03') $$,
    'ends the run well'
);
select is((select count(*) from vpic.make), 1::bigint, 'and leaves the raw rows: the checks read them');
select throws_ok($$ select etl.record_source(1002, '{}') $$, 'VP422', null, 'it is over');

select is(etl.record_source(1003, '{"sha256": "bb"}'), false, 'another file');
select is((select count(*) from vpic.make), 0::bigint, 'gets empty raw tables');
select is(etl.record_source(1004, '{"sha256": "aa"}'), false, 'the same file, compiled by other code');
select results_eq(
    $$ select etl.record_source(1005, '{"sha256": "aa"}'), etl.record_source(1006, '{}') $$, $$ values (false, false) $$,
    'the same file, forced; and a source that knows no checksum'
);

select * from finish();
rollback;
