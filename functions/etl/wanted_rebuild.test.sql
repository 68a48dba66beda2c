begin;
select plan(4);

update mvp_migration.applied_migration set applied_at = '2026-01-01' where series = 'platform';

select is(etl.wanted_rebuild(), 'an empty database', 'nothing is published');

insert into etl.run (run_id, source, status, started_at) overriding system value values (1001, 'a', 'checked', '2026-01-02');
do $$
begin
    perform etl.begin_release(1001);
    update catalog.release set is_complete = true;
    perform etl.publish(1);
end;
$$;
select is(etl.wanted_rebuild(), null, 'all is well');

update mvp_migration.applied_migration set applied_at = '2026-01-03' where series = 'platform';
select is(etl.wanted_rebuild(), 'a new version of the program', 'what is published was made before');
do $$ begin perform admin.pin_release(1, 'why'); end; $$;
select is(etl.wanted_rebuild(), null, 'and is pinned: the rebuild would be refused');

select * from finish();
rollback;
