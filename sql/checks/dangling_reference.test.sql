-- needs: fixture
begin;
select plan(3);

select is_empty('select * from admin.dangling_reference', 'a compiled release is whole');

insert into catalog.pattern (release_id, key_id, pattern_id, element_id, slot, rank, value_id)
values (1, -1, -1, 28, 0, 1, 'x'), (1, -2, -2, 28, 0, 1, 'x'), (1, (select min(key_id) from catalog.pattern_key), -3, -7, 0, 1, 'x'),
    (1, (select min(key_id) from catalog.pattern_key), -4, -18, 0, 1, 'x');
delete from catalog.make where make_id = 1;
delete from catalog.model;
insert into catalog.segment (release_id, wmi_id, year_from, year_to, schema_ids, link_years, valid_characters, has_formula, looks_past_descriptor)
values (1, -5, 2000, 2001, '{}', '{}', '{}', false, false);
update catalog.wmi set vehicle_type_id = -6 where wmi = '1AA';
delete from catalog.option where option_id = (select min(o.option_id) from catalog.vehicle_option as o where o.kind = 'trim') and kind = 'trim';
insert into catalog.formula (release_id, key_id, schema_id, pattern_id, element_id, slot, rank, value_from, value_length, value_id)
values (1, -8, 1, -8, 28, 0, 1, 1, 1, 'x');
insert into catalog.engine_model_pattern (release_id, engine_model_id, element_id, slot, rank, value_id) values (1, 1, -9, 0, 1, 'x');

select set_eq(
    'select reference from admin.dangling_reference',
    array[
        'pattern.key_id', 'pattern.element_id', 'formula.key_id', 'segment.wmi_id', 'engine_model_pattern.element_id', 'wmi.vehicle_type_id',
        'model_make.make_id', 'model_year.model_id', 'vehicle_option.option_id', 'vehicle_option.model_id'
    ],
    'each fault is seen'
);
select results_eq(
    $$ select release_id, row_count, example, reason from admin.dangling_reference where reference = 'pattern.key_id' $$,
    $$ values (1, 2::bigint, '-2', 'pattern.key_id: 2 rows, such as -2') $$,
    'and told'
);

select * from finish();
rollback;
