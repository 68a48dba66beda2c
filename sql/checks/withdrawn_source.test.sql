begin;
select plan(5);

insert into etl.run (run_id, source, source_detail)
overriding system value
values
    (1001, 'a', '{"sha256": "aa"}'), (1002, 'b', '{"sha256": "bb"}'), (1003, 'b again', '{"sha256": "bb"}'), (1004, 'c', '{"sha256": "cc"}'),
    (1005, 'no checksum', '{}');
do $$
begin
    for run_id in 1001 .. 1005 loop
        perform etl.begin_release(run_id);
    end loop;
    update catalog.release set is_complete = true;
    perform etl.publish(1);
    perform etl.publish(2);
end;
$$;
select is_empty('select * from admin.withdrawn_source', 'nothing was taken back');

do $$ begin perform etl.rollback(); end; $$;
select results_eq(
    'select release_id, withdrawn_release_id, reason ~ ''release 2, which was taken back on 2'' from admin.withdrawn_source',
    $$ values (3, 2, true) $$,
    'another release of the same file; not the one that was taken back, nor other files, nor those without a checksum'
);

savepoint dropped;
do $$ begin perform etl.drop_release(2); end; $$;
select results_eq('select release_id from admin.withdrawn_source', array[3], 'remembered when the release is gone');
rollback to savepoint dropped;

do $$ begin perform etl.publish(2); end; $$;
select is_empty('select * from admin.withdrawn_source', 'published again, it is taken back no longer');
do $$
begin
    perform etl.rollback();
    perform etl.publish(3);
end;
$$;
select is_empty('select * from admin.withdrawn_source', 'nor when another release of the file was, by force');

select * from finish();
rollback;
