begin;
select plan(3);

select is(etl.published_source(), null, 'nothing is published');

insert into etl.run (run_id, source, source_detail)
overriding system value
values (1001, 'nhtsa', '{"sha256": "a"}'), (1002, 'nhtsa', '{"sha256": "b"}');
insert into catalog.release (release_id, run_id, data_version, source, is_complete)
values (1, 1001, 'version-1', 'nhtsa', true), (2, 1002, 'version-2', 'nhtsa', true);
insert into catalog.current_release (release_id) values (1);
select is(etl.published_source(), '{"sha256": "a"}', 'not the newest: the published one');

update catalog.current_release set release_id = 2;
select is(etl.published_source(), '{"sha256": "b"}', 'it moves with the release');

select * from finish();
rollback;
