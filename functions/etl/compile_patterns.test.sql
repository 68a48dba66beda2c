begin;
select plan(8);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.element (id, name, lookuptable, isprivate, decode)
values
    (5, 'Body Class', 'BodyStyle', false, 'Pattern'), (13, 'Displacement (L)', null, false, 'Pattern'),
    (18, 'Engine Model', null, false, 'Pattern'), (26, 'Make', 'Make', false, 'Make'), (114, 'Brake Note', null, false, 'Pattern'),
    (300, 'Secret', null, true, 'Pattern');
insert into vpic.lookup (lookup_table, id, name) values ('bodystyle', 13, E'Sedan/\tSaloon'), ('other', 14, 'no');
insert into vpic.enginemodel (id, name) values (77, ' k24A ');
insert into vpic.vinschema (id, name, tobeqced) values (1, 'good', null), (2, 'also good', false), (3, 'being checked', true);
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid, createdon, updatedon)
values
    (10, 1, 'AB', 5, '13', '2020-01-01', '2020-01-02'),
    (11, 1, 'AB', 5, '14', '2020-01-01', null),
    (12, 1, 'AB', 5, '013', null, null),
    (13, 1, 'A*', 13, '2.4', '2020-01-01', null),
    (14, 1, 'A*', 18, 'K24a', '2020-01-01', null),
    (15, 1, 'AB', 18, 'unheard of', '2020-01-01', null),
    (16, 1, 'A*', 114, 'one', '2020-01-01', null),
    (17, 1, 'A*', 114, 'two', '2020-01-01', null),
    (18, 1, 'AB', 26, '474', '2020-01-01', null),
    (19, 1, 'AB', 300, 'x', '2020-01-01', null),
    (20, 1, 'AB', 999, 'x', '2020-01-01', null),
    (21, 3, 'AB', 5, '13', '2020-01-01', null),
    (22, 4, 'AB', 5, '13', '2020-01-01', null),
    (23, 2, '*##*##', 13, 'formula', '2020-01-01', null),
    (24, 2, '*##*##', 114, 'formula', '2020-01-01', null),
    (25, 2, '*##*##', 300, 'formula', '2020-01-01', null),
    (26, 2, '*##*##', 29, 'formula', '2020-01-01', null);
do $$ begin perform etl.compile_keys(1); end; $$;

select is(etl.compile_patterns(1), 12::bigint, 'ten patterns, and two choices of an engine model');

select results_eq(
    $$
    select p.pattern_id, k.keys, p.element_id, p.slot, p.value, p.value_id
    from catalog.pattern as p
    inner join staging.pattern_key as k on k.key_id = p.key_id
    where k.schema_id = 1 and p.element_id > 0 and p.source is null
    order by p.pattern_id
    $$,
    $$
    values
        (10, 'AB' collate "C", 5, 0, 'Sedan/ Saloon', '13'),
        (11, 'AB', 5, 0, null, '14'),
        (12, 'AB', 5, 0, null, '013'),
        (13, 'A*', 13, 0, '2.4', '2.4'),
        (14, 'A*', 18, 0, 'K24a', 'K24a'),
        (15, 'AB', 18, 0, 'unheard of', 'unheard of'),
        (16, 'A*', 114, 16, 'one', 'one'),
        (17, 'A*', 114, 17, 'two', 'two')
    $$,
    'values looked up by the id''s text; free-text variables keep all rows; makes, private and unknown variables stay out'
);

select results_eq(
    'select pattern_id, value, slot from catalog.pattern where element_id = -18 order by pattern_id',
    $$ values (14, '77', 0), (15, null, 0) $$,
    'the engine model by its name, in any case and without spaces around it'
);

select results_eq(
    'select pattern_id from catalog.pattern where element_id = 5 order by rank',
    array[12, 10, 11],
    'the latest change first, a row that never changed before all'
);

-- Ties: fewest fixed characters, then the alphabet without brackets, then the older row; the engine model's choice takes
-- the younger row.
insert into vpic.vinschema (id, name) values (5, 'ties');
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid, createdon)
values
    (30, 5, 'ABC', 13, '3', '2021-01-01'), (31, 5, 'A*', 13, '1', '2021-01-01'), (32, 5, '[BC]A', 13, '4', '2021-01-01'),
    (33, 5, 'ZZ', 13, '2', '2021-01-01'), (34, 5, 'ZZ', 13, '2', '2021-01-01'),
    (40, 5, 'ZZ', 18, 'K24A', '2021-01-01'), (41, 5, 'ZZ', 18, 'K24A', '2021-01-01');
delete from catalog.pattern;
delete from catalog.formula;
do $$ begin perform etl.compile_keys(1); perform etl.compile_patterns(1); end; $$;
select results_eq(
    $$
    select p.element_id, array_agg(p.pattern_id order by p.rank)
    from catalog.pattern as p
    where p.pattern_id >= 30 and p.source is null
    group by p.element_id
    order by p.element_id
    $$,
    $$ values (-18, array[41, 40]), (13, array[31, 33, 34, 30, 32]), (18, array[40, 41]) $$,
    'ties are broken by the key and then by the row'
);

select results_eq(
    'select pattern_id, element_id, slot, value_from, value_length, value_id from catalog.formula order by pattern_id',
    $$
    values (23, 13, 0, 2, 5, 'formula'), (24, 114, 24, 2, 5, 'formula'), (25, 300, 0, 2, 5, 'formula')
    $$,
    'a formula reads from its first # to its last; the make and the year are never one'
);

-- What follows from patterns.
insert into vpic.vinschema (id, name) values (6, 'models and displacements');
insert into vpic.element (id, name, lookuptable, isprivate, decode)
values (11, 'Displacement (CC)', null, false, 'Pattern'), (28, 'Model', 'Model', false, 'Pattern');
insert into catalog.model_make (release_id, model_id, make_id, make_name)
values (1, 1, 474, 'HONDA'), (1, 2, 474, 'HONDA'), (1, 2, 475, 'ACURA');
insert into catalog.conversion (release_id, element_id, value_id, conversion_id, to_element_id, value, source)
values
    (1, 11, '2000', 3, 13, '2.0', 'Conversion 3'), (1, 13, '3', 7, 12, '183', 'Conversion 7'),
    (1, 13, '3', 4, 11, '3000', 'Conversion 4');
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid, createdon)
values
    (50, 6, 'A', 28, '1', '2021-01-01'), (51, 6, 'B', 28, '2', '2021-01-01'), (52, 6, 'C', 28, '3', '2021-01-01'),
    (53, 6, 'D', 28, 'x1', '2021-01-01'), (54, 6, 'E', 28, '1', '2021-01-01'),
    (60, 6, 'A', 11, '2000', '2021-01-01'), (61, 6, 'B', 13, '3', '2022-01-01'), (62, 6, 'C', 13, '4', '2023-01-01');
delete from catalog.pattern;
delete from catalog.formula;
do $$ begin perform etl.compile_keys(1); perform etl.compile_patterns(1); end; $$;

select results_eq(
    $$
    select p.pattern_id, k.keys, p.slot, p.value, p.value_id, p.source, p.changed_at, p.rank = m.rank
    from catalog.pattern as p
    inner join staging.pattern_key as k on k.key_id = p.key_id
    inner join catalog.pattern as m on m.pattern_id = p.pattern_id and m.element_id = 28
    where p.element_id = 26
    order by p.pattern_id
    $$,
    $$
    values
        (50, 'A' collate "C", 0, 'HONDA', '474', 'pattern - model', null::timestamp, true),
        (54, 'E', 0, 'HONDA', '474', 'pattern - model', null, true)
    $$,
    'rule 25: beside a model of one make its make, with the model''s rank; of two makes or of none decoder.find_makes asks'
);

select results_eq(
    $$
    select p.pattern_id, p.element_id, p.slot, p.value, p.value_id, p.source
    from catalog.pattern as p
    where p.source like 'Conversion%' and p.pattern_id >= 60
    order by p.rank
    $$,
    $$
    values
        (61, 11, -1, '3000', '3000', 'Conversion 4'),
        (61, 12, -1, '183', '183', 'Conversion 7'),
        (60, 13, -1, '2.0', '2.0', 'Conversion 3')
    $$,
    'rule 27: beside a displacement its conversions, the latest change first, then NHTSA''s order; slot -1 gives way to what is stated'
);

select * from finish();
rollback;
