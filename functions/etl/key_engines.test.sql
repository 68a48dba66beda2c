begin;
select plan(1);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into catalog.pattern_key (release_id, key_id, schema_id, keys, symbols, used_positions, is_formula)
select 1, k.key_id, k.schema_id, k.keys, decoder.key_symbols(k.keys), decoder.used_positions(k.keys), false
from (
    values
    (1, 1, 'A'), (2, 1, 'A*[12]'), (3, 1, 'B'), (4, 1, 'C'), (5, 1, 'D'), (6, 1, 'E'), (7, 1, 'EA'), (8, 1, 'EB'),
    (9, 2, 'A'), (10, 1, 'F'), (11, 1, 'G'), (12, 1, 'G**'), (13, 1, 'H')
) as k (key_id, schema_id, keys);
insert into catalog.conversion (release_id, element_id, value_id, conversion_id, to_element_id, value, source)
values (1, 12, '350', 1, 13, '5.7354', ''), (1, 11, '125', 2, 13, '0.125', ''), (1, 13, '2.0', 3, 12, '122.05', '');
insert into catalog.engine_model_pattern (release_id, engine_model_id, element_id, slot, rank, value, value_id)
values (1, 77, 13, 0, 1, '3.0', '3.0'), (1, 77, 9, 0, 2, '6', '6'), (1, 77, 64, 0, 3, 'V-Shaped', '2'), (1, 77, 24, 0, 4, 'Gasoline', '4');
insert into catalog.pattern (release_id, key_id, pattern_id, element_id, slot, rank, value, value_id)
select 1, p.key_id, row_number() over (), p.element_id, 0, row_number() over (), p.value, p.value_id
from (
    values
    (1, 13, '2.0', '2.0'),
    (2, 9, '4', '4'), (2, 64, 'In-Line', '1'),
    (3, 18, 'J30A', 'J30A'), (3, -18, '77', 'J30A'),
    (4, 9, '8', '8'),
    (5, 12, '350', '350'),
    (6, 13, '1.6', '1.6'), (7, 18, 'One', 'One'), (8, 18, 'Two', 'Two'), (7, -18, null, 'One'), (8, -18, null, 'Two'),
    (9, 9, '3', '3'),
    (10, 11, '125', '125'), (10, 9, '1', '1'),
    (11, 13, '1.5', '1.5'), (12, 9, '3', '3'), (12, 9, '4', '4'),
    (13, 24, 'Electric', '2'), (13, 13, '0', '0')
) as p (key_id, element_id, value, value_id);

select results_eq(
    'select e.schema_id, e.key_id, e.name from etl.key_engines(1) as e order by e.key_id, e.name collate "C"',
    $$
    values
        -- The size, completed by the key of its schema that fits one VIN with it.
        (1, 1, '2.0L I4'),
        -- All from the engine model that the key names.
        (1, 3, '3.0L V6 J30A'),
        -- Nothing better than the cylinders is known.
        (1, 4, '8-cylinder'),
        -- Stated in cubic inches.
        (1, 5, '5.7L'),
        -- Two variants of one size: both.
        (1, 6, '1.6L One'), (1, 6, '1.6L Two'),
        -- Another schema's keys complete nothing here.
        (2, 9, '3-cylinder'),
        -- Below one litre.
        (1, 10, '125cc 1-cylinder'),
        -- Two counts on one key: the greatest text stands for it.
        (1, 11, '1.5L 4-cylinder')
        -- 13: no size, no cylinders, no engine.
    $$,
    'engines by the key that states them'
);

select * from finish();
rollback;
