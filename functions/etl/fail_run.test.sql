begin;
select plan(9);

insert into etl.run (run_id, source)
overriding system value
values (1001, 'good'), (1002, 'bad'), (1003, 'early');
do $$
begin
    perform etl.begin_release(1001);
    update catalog.release set is_complete = true;
    update etl.run set status = 'checked' where run_id = 1001;
    perform etl.publish(1);
    perform etl.begin_release(1002);
    perform etl.fail_run(1002, 'the source ended in the middle of a table');
    perform etl.fail_run(1003, 'the disk is full');
    perform etl.fail_run(1001, 'too late');
    perform etl.fail_run(9999, 'nobody');
end;
$$;

select results_eq(
    'select run_id, status, reason, finished_at is not null from etl.run where run_id > 1000 order by run_id',
    $$
    values
        (1001, 'published', null, true),
        (1002, 'failed', 'the source ended in the middle of a table', true),
        (1003, 'failed', 'the disk is full', true)
    $$,
    'a run that failed says why, also before it had a release; a published run cannot fail any more'
);
select results_eq(
    'select release_id from catalog.release', array[1], 'the half-made release is gone, the published one stays'
);
select is_empty(
    $$ select relname from pg_class where relnamespace = 'catalog'::regnamespace and relname like '%\_r2' $$,
    'with its partitions'
);
select results_eq('select release_id from catalog.current_release', array[1], 'and it is still the one that is read');

do $$ begin perform etl.fail_run(1002, 'said again'); end; $$;
select results_eq(
    'select reason from etl.run where run_id = 1002',
    array['the source ended in the middle of a table'],
    'the first reason counts'
);

-- Compiled, then cancelled: it is not published and must not stay.
insert into etl.run (run_id, source, status) overriding system value values (1004, 'stopped late', 'compiled');
insert into vpic.make (id, name) values (1, 'of the failed run');
do $$
begin
    perform etl.begin_release(1004);
    update catalog.release set is_complete = true where run_id = 1004;
    perform etl.fail_run(1004, 'somebody said stop', 'cancelled');
end;
$$;
select is_empty('select from catalog.release where run_id = 1004', 'a complete release of a run that ends so goes too');
select is_empty('select from vpic.make', 'and the raw rows');
select is((select status from etl.run where run_id = 1004), 'cancelled', 'cancelled is not failed');
select throws_ok($$ select etl.fail_run(1004, 'x', 'published') $$, 'VP400', null, 'there is no other such end');

select * from finish();
rollback;
