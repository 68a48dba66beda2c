begin;
select plan(4);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.element (id, name, lookuptable, isprivate, decode)
values
    (9, 'Cylinders', null, false, 'Pattern'), (13, 'Displacement (L)', null, false, 'Pattern'),
    (24, 'Fuel Type', 'FuelType', false, 'Pattern'), (114, 'Brake Note', null, false, 'Pattern');
insert into vpic.lookup (lookup_table, id, name) values ('fueltype', 4, 'Gasoline');
insert into vpic.enginemodelpattern (id, enginemodelid, elementid, attributeid, createdon, updatedon)
values
    (1, 77, 9, '4', '2020-01-01', null),
    (2, 77, 24, '4', '2020-01-01', '2020-01-03'),
    (3, 77, 24, '9', '2020-01-01', null),
    (4, 78, 13, '2.4', null, null),
    (5, 77, 114, E'a\nb', '2020-01-02', null),
    (6, 77, 999, 'x', '2020-01-01', null);
insert into vpic.conversion (id, fromelementid, toelementid, formula)
values (1, 13, 11, '#x# * 1000'), (2, 13, 12, '#x# / 0.0163870641'), (3, 11, 13, '#x# / 1000'), (4, 9, 13, '#x# * 1');
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid)
values (1, 1, 'A', 13, '2.4'), (2, 1, 'B', 13, '2.4'), (3, 1, 'C', 11, '1998'), (4, 1, 'D', 13, 'rocket'), (5, 1, 'D', 9, '4');

select is(etl.compile_engines(1), 5::bigint, 'every row of a known variable');

select results_eq(
    $$
    select engine_model_id, element_id, slot, value, value_id
    from catalog.engine_model_pattern order by rank
    $$,
    $$
    values
        (78, 13, 0, '2.4', '2.4'),
        (77, 24, 0, 'Gasoline', '4'),
        (77, 114, 5, 'a b', E'a\nb'),
        (77, 9, 0, '4', '4'),
        (77, 24, 0, null, '9')
    $$,
    'the latest change first; values looked up and cleaned'
);

select results_eq(
    $$
    select element_id, value_id, to_element_id, value::numeric, source
    from catalog.conversion where value_id <> 'rocket' order by 1, 2, 3
    $$,
    $$
    values
        (11, '1998', 13, 1.998, 'Conversion 3: 1998 / 1000'),
        (13, '2.4', 11, 2400, 'Conversion 1: 2.4 * 1000'),
        (13, '2.4', 12, 2.4 / 0.0163870641, 'Conversion 2: 2.4 / 0.0163870641')
    $$,
    'each distinct displacement once, in the other units; nothing else is converted'
);

select results_eq(
    $$ select to_element_id, value from catalog.conversion where value_id = 'rocket' order by 1 $$,
    $$ values (11, '0'), (12, '0') $$,
    'what is no number becomes 0, as it does there'
);

select * from finish();
rollback;
