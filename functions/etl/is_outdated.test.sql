begin;
select plan(8);

update mvp_migration.applied_migration set applied_at = '2026-01-01 12:00+00' where series = 'platform';

select is(etl.is_outdated(), false, 'nothing is published: nothing to be loaded again');

insert into etl.run (run_id, source, status, started_at, finished_at)
overriding system value
values (1001, 'a', 'checked', '2026-01-01 11:00+00', null);
do $$
begin
    perform etl.begin_release(1001);
    update catalog.release set is_complete = true;
    perform etl.publish(1);
end;
$$;
select is(etl.is_outdated(), true, 'made before the newest migration');

insert into etl.run (run_id, source, status, started_at, finished_at)
overriding system value
values (1002, 'a', 'failed', '2026-01-02', '2026-01-02'), (1003, 'a', 'cancelled', '2026-01-02', '2026-01-02'), (1004, 'a', 'running', '2026-01-02', null);
select is(etl.is_outdated(), true, 'and no run since has come to its end');

update etl.run set status = 'published', finished_at = '2026-01-02' where run_id = 1004;
select is(etl.is_outdated(), false, 'a publish since');
update etl.run set status = 'unchanged' where run_id = 1004;
select is(etl.is_outdated(), false, 'or a run that found nothing new');
update etl.run set status = 'refused' where run_id = 1004;
select is(etl.is_outdated(), false, 'or one that was refused: the same file would be again');

update mvp_migration.applied_migration set applied_at = '2026-01-03' where series = 'platform' and name like '%0001%';
select is(etl.is_outdated(), true, 'the next migration');
update mvp_migration.applied_migration set applied_at = '2026-01-01' where series = 'platform';
insert into mvp_migration.applied_migration (series, name, sha256, applied_at) values ('app', '9999_of_the_main_database.sql', '', '2026-02-01');
select is(etl.is_outdated(), false, 'those of the main database do not count');

select * from finish();
rollback;
