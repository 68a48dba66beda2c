begin;
select plan(7);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b'), (1011, 'c');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    -- Release 11 next to release 1: its partitions' names begin alike.
    insert into etl.publication (release_id) values (10);
    perform etl.begin_release(1011);
    update catalog.release set is_complete = true;
    perform etl.publish(2);
end;
$$;
insert into catalog.make (release_id, make_id, name) values (1, 7, 'old'), (2, 7, 'now'), (11, 7, 'new');

select throws_ok('select etl.drop_release(2)', 'VP409', null, 'the published release stays');
select lives_ok('select etl.drop_release(1)', 'another one goes');
select is_empty(
    $$ select relname from pg_class where relnamespace = 'catalog'::regnamespace and relname like '%\_r1' $$,
    'with all its partitions'
);
select results_eq(
    'select release_id from catalog.release order by release_id', array[2, 11], 'and its row; the others stay'
);
select results_eq(
    'select release_id, name from catalog.make order by release_id',
    $$ values (2, 'now'), (11, 'new') $$,
    'the other releases keep their rows'
);
select lives_ok('select etl.drop_release(1)', 'dropping what is gone does nothing');
select lives_ok('select etl.drop_release(null)', 'nor does dropping nothing');

select * from finish();
rollback;
