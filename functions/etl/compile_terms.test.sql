begin;
select plan(5);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$ begin perform etl.begin_release(1001); perform etl.begin_release(1002); end; $$;
insert into catalog.pattern_key (release_id, key_id, schema_id, keys, symbols, used_positions, is_formula)
select r, k.key_id, 1, k.keys, decoder.key_symbols(k.keys), decoder.used_positions(k.keys), false
from generate_series(1, 2) as r
cross join (values (1, 'A'), (2, 'B'), (3, 'C')) as k (key_id, keys);
insert into catalog.pattern (release_id, key_id, pattern_id, element_id, slot, rank, value, value_id)
values
    (1, 1, 1, 38, 0, 1, 'Sport', 'Sport'), (1, 2, 2, 38, 0, 2, ' EX ', 'EX'), (1, 3, 3, 38, 0, 3, '  ', ' '),
    (1, 3, 4, 34, 0, 4, 'no trim', 'x'), (1, 1, 5, 13, 0, 5, '2.0', '2.0'),
    (2, 1, 6, 38, 0, 1, 'Sport', 'Sport'), (2, 2, 7, 38, 0, 2, 'Base', 'Base'), (2, 3, 8, 13, 0, 3, '3.0', '3.0');

select is(etl.compile_terms(1), 3::bigint, 'two trims and an engine');
create temporary table first_week as select term_id, kind, name from catalog.term;
select results_eq(
    'select kind, name from first_week order by kind, name',
    $$ values ('engine', '2.0L'), ('trim', 'EX'), ('trim', 'Sport') $$,
    'names without spaces around them; blank ones are none'
);
select results_eq(
    'select schema_id, key_id, name from staging.key_engine', $$ values (1, 1, '2.0L') $$, 'and the keys that state the engines'
);

select is(etl.compile_terms(2), 5::bigint, 'the next release adds what is new');
select results_eq(
    $$
    select t.kind, t.name, f.term_id is not null
    from catalog.term as t
    left join first_week as f on f.term_id = t.term_id and f.kind = t.kind and f.name = t.name
    order by t.kind, t.name
    $$,
    $$ values ('engine', '2.0L', true), ('engine', '3.0L', false), ('trim', 'Base', false), ('trim', 'EX', true), ('trim', 'Sport', true) $$,
    'every name keeps its id, also one that is gone for a week'
);

select * from finish();
rollback;
