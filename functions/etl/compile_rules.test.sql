begin;
select plan(5);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.element (id, name, lookuptable, isprivate, decode, datatype)
values
    (5, 'Body Class', 'BodyStyle', false, 'Pattern', 'lookup'), (14, 'Doors', null, false, 'Pattern', 'int'),
    (38, 'Trim', null, false, 'Pattern', 'string');
insert into vpic.lookup (lookup_table, id, name) values ('bodystyle', 13, 'Sedan/Saloon');
insert into vpic.defaultvalue (id, elementid, vehicletypeid, defaultvalue)
values (1, 5, 2, '13'), (2, 5, 7, '0'), (3, 14, 2, '4'), (4, 5, 1, '99'), (5, 999, 2, 'x');
insert into vpic.vinexception (id, vin, checkdigit)
values (1, ' 1hgcm82633a004353', true), (2, '1HGCM82633A004353', true), (3, '1HGCM82633A004354', false), (4, '1HGCM82633A004355', null);
insert into vpic.vehiclespecschema (id, makeid, vehicletypeid, tobeqced)
values (1, 474, 2, false), (2, 475, 2, null), (3, 476, 2, true);
insert into vpic.vehiclespecschema_model (id, vehiclespecschemaid, modelid) values (1, 1, 1861), (2, 1, 1862), (3, 2, 1863), (4, 3, 1864);
insert into vpic.vehiclespecschema_year (id, vehiclespecschemaid, year) values (1, 1, 2012), (2, 1, 2010);
insert into vpic.vspecschemapattern (id, schemaid) values (50, 1), (51, 2), (52, 3);
insert into vpic.vehiclespecpattern (id, vspecschemapatternid, iskey, elementid, attributeid, createdon, updatedon)
values
    (1, 50, true, 38, 'EX-L', null, null), (2, 50, true, 5, '13', null, null), (3, 50, false, 14, '4', '2020-01-01', null),
    (4, 50, false, 14, '5', '2020-01-02', null), (5, 51, false, 5, '13', '2020-01-01', '2020-02-01'), (6, 51, false, 999, 'x', null, null);

select is(etl.compile_rules(1), 4::bigint, 'the defaults of known variables');

select results_eq(
    'select vehicle_type_id, element_id, value, value_id from catalog.default_value order by 1, 2',
    $$ values (1, 5, null, '99'), (2, 5, 'Sedan/Saloon', '13'), (2, 14, '4', '4'), (7, 5, 'Not Applicable', '0') $$,
    'looked up; 0 of a lookup is "Not Applicable"'
);

select results_eq(
    'select vin from catalog.vin_exception', $$ values ('1HGCM82633A004353' collate "C") $$,
    'VINs that are excused, as they are decoded, once each'
);

select results_eq(
    $$
    select spec_id, make_id, vehicle_type_id, model_id, years, key_element_ids, key_values
    from catalog.vehicle_spec order by spec_id, model_id
    $$,
    $$
    values
        (50, 474, 2, 1861, array[2010, 2012], array[38, 5], array['ex-l', '13']),
        (50, 474, 2, 1862, array[2010, 2012], array[38, 5], array['ex-l', '13']),
        (51, 475, 2, 1863, null, '{}', '{}')
    $$,
    'one row a model; without years for every year, without keys for every VIN; what is being checked stays out'
);

select results_eq(
    $$
    select spec_id, spec_value_id, element_id, is_key, value, value_id, changed_at
    from catalog.vehicle_spec_value order by spec_value_id
    $$,
    $$
    values
        (50, 1, 38, true, 'EX-L', 'EX-L', null::timestamp),
        (50, 2, 5, true, 'Sedan/Saloon', '13', null),
        (50, 3, 14, false, '4', '4', '2020-01-01'),
        (50, 4, 14, false, '5', '5', '2020-01-02'),
        (51, 5, 5, false, 'Sedan/Saloon', '13', '2020-02-01')
    $$,
    'what a set states and asks for, with its last change; an unknown variable stays out'
);

select * from finish();
rollback;
