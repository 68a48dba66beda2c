begin;
select plan(2);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b'), (1003, 'c');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    perform etl.begin_release(1003);
    update catalog.release set is_complete = release_id < 3;
end;
$$;
insert into catalog.make (release_id, make_id, name) values (1, 1, 'ASTER'), (2, 1, 'ASTER'), (2, 2, 'BORA');

set local role mvp_platform_graphql;
select results_eq(
    'select release_id, other_release_id from admin.comparison order by release_id', $$ values (1, 2), (2, 1) $$, 'any two complete ones, either way'
);
select is(
    (select changes #>> '{names,makes,added,names,0}' from admin.comparison where release_id = 2 and other_release_id = 1), 'BORA',
    'what one has that the other has not'
);

select * from finish();
rollback;
