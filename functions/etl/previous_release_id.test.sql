begin;
select plan(7);

insert into etl.run (run_id, source) overriding system value select 1000 + g, 'a' from generate_series(1, 5) as g;
do $$
begin
    for run_id in 1001 .. 1005 loop
        perform etl.begin_release(run_id);
    end loop;
    update catalog.release set is_complete = true;
end;
$$;
select is(etl.previous_release_id(1), null, 'nothing is published: nothing to compare with');

do $$
begin
    perform etl.publish(1);
    perform etl.publish(2);
    perform etl.publish(3);
end;
$$;
select is(etl.previous_release_id(4), 3, 'a release that is not published yet would replace the current one');
select results_eq(
    'select etl.previous_release_id(g) from generate_series(1, 3) as g', array[null, 1, 2], 'published ones replaced what was current then'
);

do $$
begin
    perform etl.publish(2);
    perform etl.publish(4);
end;
$$;
select is(etl.previous_release_id(4), 2, 'after a rollback the release that was taken back is not the one before');
select is(etl.previous_release_id(2), 1, 'a rollback does not turn the order round');

do $$ begin perform etl.drop_release(2); end; $$;
select is(etl.previous_release_id(4), 1, 'a release that is gone is passed over');
select is(etl.previous_release_id(null), 4, 'no release yet: what it would replace');

select * from finish();
rollback;
