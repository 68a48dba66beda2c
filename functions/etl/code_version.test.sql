begin;
select plan(2);

select ok(etl.code_version() ~ '^[0-9a-f]{64}$', 'what the migrator loaded');

alter table mvp_migration.loaded_code rename to loaded_code_of_old;
select is(etl.code_version(), null, 'nothing, where the migrator has not been');

select * from finish();
rollback;
