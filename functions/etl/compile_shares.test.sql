begin;
select plan(3);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.vinschema (id, name) values (10, ' Cars '), (20, 'Vans'), (30, null);
insert into catalog.pattern_key (release_id, key_id, schema_id, keys, symbols, used_positions, is_formula)
select 1, k.key_id, k.schema_id, k.keys, decoder.key_symbols(k.keys), decoder.used_positions(k.keys), false
from (values (1, 10, 'A'), (2, 10, 'B'), (3, 10, 'C'), (4, 10, 'D'), (5, 20, 'A')) as k (key_id, schema_id, keys);
insert into catalog.model_make (release_id, model_id, make_id, make_name)
values (1, 100, 474, 'HONDA'), (1, 200, 474, 'HONDA'), (1, 200, 475, 'ACURA');
insert into catalog.pattern (release_id, key_id, pattern_id, element_id, slot, rank, value, value_id)
values
    (1, 1, 1, 5, 0, 1, 'Sedan', '13'), (1, 2, 2, 5, 0, 2, 'Sedan', '13'), (1, 3, 3, 5, 0, 3, 'Sedan', '13'),
    (1, 4, 4, 5, 0, 4, 'Coupe', '3'), (1, 5, 5, 5, 0, 5, 'Van', '9'),
    (1, 1, 6, 28, 0, 6, 'Accord', '100'), (1, 2, 7, 28, 0, 7, 'Two makes', '200'),
    (1, 1, 8, -18, 0, 8, '77', 'K24'), (1, 1, 9, 114, 9, 9, 'a note', 'a note');

select is(etl.compile_shares(1), 7::bigint, 'the values that a schema can tell apart');

select results_eq(
    'select schema_id, element_id, value_id, round(share::numeric, 4) from catalog.value_share order by schema_id, element_id, value_id collate "C"',
    $$
    values
        (10, 5, '13', 0.7500), (10, 5, '3', 0.2500),
        -- A make's share is that of its models.
        (10, 26, '474', 0.6667), (10, 26, '475', 0.3333),
        (10, 28, '100', 0.5000), (10, 28, '200', 0.5000),
        (20, 5, '9', 1.0000)
    $$,
    'of each schema''s own keys; engine models'' choices and free text are no values to tell apart'
);

select results_eq(
    'select schema_id, name from catalog.schema_name order by 1', $$ values (10, 'Cars'), (20, 'Vans') $$,
    'what NHTSA calls its schemas, where it calls them anything'
);

select * from finish();
rollback;
