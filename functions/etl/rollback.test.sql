begin;
select plan(6);

select throws_ok('select etl.rollback()', 'VP404', null, 'nothing is published');

insert into etl.run (run_id, source) overriding system value select 1000 + g, 'a' from generate_series(1, 5) as g;
do $$
begin
    for run_id in 1001 .. 1005 loop
        perform etl.begin_release(run_id);
    end loop;
    update catalog.release set data_version = 'version-' || release_id, is_complete = release_id <> 4;
    perform etl.publish(1);
end;
$$;
select throws_ok('select etl.rollback()', 'VP404', null, 'the first release has none before it');

do $$
begin
    perform etl.publish(2);
    -- Release 3 was compiled and never published; release 4 is half made.
    perform etl.publish(5);
end;
$$;
select is(etl.rollback(), 'version-2', 'back to the release that was published before, past those that never were');
select is(etl.rollback(), 'version-1', 'and again');
select throws_ok('select etl.rollback()', 'VP404', null, 'until there is none');
select results_eq(
    'select release_id, replaced_release_id from etl.publication where is_rollback order by publication_id',
    $$ values (2, 5), (1, 2) $$,
    'both moves are noted as rollbacks'
);

select * from finish();
rollback;
