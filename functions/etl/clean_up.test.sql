-- That a living run is left alone needs two connections: etl/rebuild.test.ts.
begin;
select plan(3);

select is(etl.clean_up(), 0, 'nothing to do');
insert into etl.run (run_id, source) overriding system value values (1001, 'died');
select is(etl.clean_up(), 1, 'one had died');
select results_eq('select status from etl.run', array['failed'], 'and is marked');

select * from finish();
rollback;
