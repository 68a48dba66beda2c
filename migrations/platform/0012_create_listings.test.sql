begin;
select plan(3);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;

insert into catalog.manufacturer (release_id, manufacturer_id, name) values (1, 988, 'Honda');
insert into catalog.manufacturer_make (release_id, manufacturer_id, make_id) values (1, 988, 474);
insert into catalog.lookup_value (release_id, lookup_table, value_id, name) values (1, 'country', 6, 'UNITED STATES (USA)');
select throws_ok(
    $$ insert into catalog.lookup_value (release_id, lookup_table, value_id, name) values (1, 'country', 6, 'again') $$, '23505', null,
    'an id has one name'
);
select throws_ok(
    $$ insert into catalog.manufacturer (release_id, manufacturer_id, name) values (2, 988, 'Honda') $$, '23514', null,
    'only in a release that there is'
);

do $$ begin perform etl.drop_release(1); end; $$;
select is_empty(
    $$
    select 1 from catalog.manufacturer union all select 1 from catalog.manufacturer_make union all select 1 from catalog.lookup_value
    $$,
    'the lists go with their release'
);

select * from finish();
rollback;
