begin;
select plan(4);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid)
values
    (1, 20, 'CM[5-8]', 28, '1861'),
    (2, 20, 'CM[5-8]', 5, '13'),
    (3, 10, 'CM[5-8]', 28, '1862'),
    (4, 10, 'cm', 28, '1863'),
    (5, 10, '[Z-A]', 28, '1864'),
    (6, 10, '**##', 13, 'x'),
    (7, 10, '[A]#', 13, 'x'),
    (8, 10, null, 13, 'x');

select is(etl.compile_keys(1), 4::bigint, 'a key once for every schema');

select results_eq(
    'select key_id, schema_id, keys, used_positions, is_formula from staging.pattern_key order by key_id',
    $$
    values
        (1, 10, '**##' collate "C", (1 << 6) | (1 << 7), true),
        (2, 10, 'CM[5-8]', (1 << 4) | (1 << 5) | (1 << 6), false),
        (3, 10, '[A]#', (1 << 4) | (1 << 5), false),
        (4, 20, 'CM[5-8]', (1 << 4) | (1 << 5) | (1 << 6), false)
    $$,
    'numbered by schema and key; # is a formula unless a class stands beside it'
);

select is_empty(
    $$ select k.keys from staging.pattern_key as k where k.symbols is distinct from decoder.key_symbols(k.keys) $$,
    'each with its accept string'
);

select is_empty(
    $$ select k.keys from staging.pattern_key as k where k.keys in ('cm', '[Z-A]') $$,
    'malformed keys stay out: lower case, a range backwards'
);

select * from finish();
rollback;
