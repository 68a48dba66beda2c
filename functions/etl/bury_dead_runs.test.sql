begin;
select plan(8);

-- What dead runs left: one died while compiling, one after it, one checked, one long ago was published.
insert into etl.run (run_id, source, status, finished_at)
overriding system value
values
    (1001, 'published', 'published', '2026-01-01'),
    (1002, 'died compiling', 'running', null),
    (1003, 'died before its checks', 'compiled', null),
    (1004, 'failed', 'failed', '2026-01-02'),
    (1005, 'died before publishing', 'checked', null);
update etl.run set progress = '{"step": "x"}' where run_id = 1002;
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    perform etl.begin_release(1003);
    perform etl.begin_release(1005);
    update catalog.release set is_complete = true where release_id <> 2;
    perform etl.publish(1);
end;
$$;
insert into vpic.make (id, name) values (1, 'left over');

select is(etl.bury_dead_runs(), 3, 'three had died');
select results_eq(
    'select run_id, status, reason is not null, finished_at is not null from etl.run order by run_id',
    $$
    values
        (1001, 'published', false, true),
        (1002, 'failed', true, true),
        (1003, 'failed', true, true),
        (1004, 'failed', false, true),
        (1005, 'failed', true, true)
    $$,
    'dead runs are marked and say why, finished ones stay as they were'
);
select is_empty('select from etl.run where progress is not null', 'nobody is under way any more');
select results_eq('select release_id from catalog.release', array[1], 'releases that nobody will finish or publish are gone');
select is_empty(
    $$ select relname from pg_class where relnamespace = 'catalog'::regnamespace and relname ~ '_r[234]$' $$, 'with their partitions'
);
select results_eq('select release_id from catalog.current_release', array[1], 'the published release stays published');
select is_empty('select from vpic.make', 'what they loaded is gone');

insert into vpic.make (id, name) values (1, 'of a finished run');
select is((select etl.bury_dead_runs() + (select count(*) from vpic.make)), 1::bigint, 'without a dead run the raw rows stay: checks read them');

select * from finish();
rollback;
