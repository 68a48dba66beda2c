begin;
select plan(3);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;

-- The column cannot call vin.descriptor: a migration comes before any function.
insert into catalog.vin_exception (release_id, vin)
values
    (1, '1AAA1BC20LF000009'), (1, '1A9A1BC20LF001234'), (1, '1AAA1BC20L'), (1, '1AAA1'), (1, '1A'), (1, ''),
    (1, '1AAA1BC20LF0000099'), (1, '1A9A1BC20LF00'), (1, 'ÄÖÜß1BC20LF000009');
select is_empty(
    $$
    select e.vin, e.descriptor, vin.descriptor(e.vin)
    from catalog.vin_exception as e
    where e.descriptor is distinct from vin.descriptor(e.vin)
    $$,
    'the descriptor of an exception is vin.descriptor''s'
);

insert into catalog.memo (release_id, descriptor, model_year, clock_year, common, data_version) values (1, '1AAA1BC2*LF', 0, 2026, 'a', 'v');
select throws_ok(
    $$ insert into catalog.memo (release_id, descriptor, model_year, clock_year, common, data_version) values (1, '1AAA1BC2*LF', 0, 2026, 'b', 'v') $$, '23505', null,
    'one answer for a descriptor, a year of the caller''s and a year of the clock''s'
);

do $$ begin perform etl.drop_release(1); end; $$;
select is_empty('select from catalog.memo', 'what is remembered goes with its release');

select * from finish();
rollback;
