begin;
select plan(8);

insert into etl.run (run_id, source) overriding system value select 1000 + g, 'a' from generate_series(1, 7) as g;
do $$
begin
    for run_id in 1001 .. 1007 loop
        perform etl.begin_release(run_id);
    end loop;
    update catalog.release set is_complete = true where release_id <> 7;
    perform etl.publish(g) from generate_series(1, 6) as g;
end;
$$;

select is(etl.prune_releases(10), '{}', 'there are not that many');
select is(etl.prune_releases(4), array[2, 1], 'the oldest go');
select results_eq('select release_id from catalog.release order by 1', array[3, 4, 5, 6, 7], 'the others stay, that of a run that is on too');

-- Back from 6 to 5: the one to go back to from there is 4.
do $$ begin perform etl.rollback(); end; $$;
select is(etl.prune_releases(3), array[3], 'after a rollback the later one counts as one of the old ones');
select is(etl.prune_releases(1), array[6], 'never the current one nor the one to go back to, however few are wanted');
select results_eq('select release_id from catalog.release order by 1', array[4, 5, 7], 'these two');
select is(etl.rollback(), (select data_version from catalog.release where release_id = 4), 'and going back works');
select is(etl.prune_releases(0), array[5], 'with none before it only the current one is kept');

select * from finish();
rollback;
