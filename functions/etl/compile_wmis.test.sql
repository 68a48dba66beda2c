begin;
select plan(7);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.manufacturer (id, name) values (988, 'Honda of America Mfg., Inc.');
insert into vpic.vehicletype (id, name) values (1, 'Motorcycle'), (2, 'Passenger Car'), (3, 'Truck '), (7, 'MPV');
insert into vpic.make (id, name) values (474, 'Honda'), (475, 'Acura'), (480, 'Citroën');
insert into vpic.model (id, name) values (1861, 'Accord'), (9, 'nobody''s');
insert into vpic.make_model (makeid, modelid) values (474, 1861), (480, 1861), (999, 9);
insert into vpic.wmi (id, wmi, manufacturerid, vehicletypeid, trucktypeid, publicavailabilitydate, countryid)
values
    (1, '1HG', 988, 2, null, '2015-01-01', 6),
    (2, '1HF', 988, 1, null, '2015-01-01', 6),
    (3, '5FP', 988, 3, 1, '2015-01-01', 6),
    (4, '5FQ', 988, 3, 2, '2015-01-01', 6),
    (5, '5FN', 988, 7, null, null, null),
    (6, '1A9001', 77, null, null, '2015-01-01', null);
update vpic.wmi set createdon = '2015-03-23 19:29:57', updatedon = '2018-01-26 11:54:50.87' where id = 1;
insert into vpic.manufacturer_make (id, manufacturerid, makeid) values (1, 988, 474), (2, 988, 475), (3, 988, 474), (4, null, 474), (5, 988, null);
insert into vpic.wmi_make (wmiid, makeid) values (1, 475), (1, 474), (2, 474), (3, 480), (4, 999);

select is(etl.compile_wmis(1), 6::bigint, 'every WMI is kept');

select results_eq(
    $$
    select
        wmi, wmi_id, manufacturer_id, manufacturer_name, vehicle_type_id, vehicle_type_name, country_id
    from catalog.wmi order by wmi_id
    $$,
    $$
    values
        ('1HG' collate "C", 1, 988, 'HONDA OF AMERICA MFG., INC.', 2, 'PASSENGER CAR', 6),
        ('1HF', 2, 988, 'HONDA OF AMERICA MFG., INC.', 1, 'MOTORCYCLE', 6),
        ('5FP', 3, 988, 'HONDA OF AMERICA MFG., INC.', 3, 'TRUCK ', 6),
        ('5FQ', 4, 988, 'HONDA OF AMERICA MFG., INC.', 3, 'TRUCK ', 6),
        ('5FN', 5, 988, 'HONDA OF AMERICA MFG., INC.', 7, 'MPV', null),
        ('1A9001', 6, null, null, null, null, null)
    $$,
    'names in upper case; an unknown manufacturer or type is null'
);

select results_eq(
    'select wmi_id, created_on, updated_on from catalog.wmi where wmi_id <= 2 order by wmi_id',
    $$ values (1, '2015-03-23'::date, '2018-01-26'::date), (2, null, null) $$,
    'the days of NHTSA''s row'
);

select results_eq(
    $$
    select f.manufacturer_id, f.name, m.make_id
    from catalog.manufacturer as f
    inner join catalog.manufacturer_make as m using (manufacturer_id)
    order by m.make_id
    $$,
    $$ values (988, 'Honda of America Mfg., Inc.', 474), (988, 'Honda of America Mfg., Inc.', 475) $$,
    'manufacturers as NHTSA writes them, and their makes, once each'
);

select is_empty(
    $$
    select t.reason, w.is_light
    from (
        values
        ('1HG', true, 'a passenger car'),
        ('1HF', false, 'a motorcycle'),
        ('5FP', true, 'a truck of 10,000 lb or less'),
        ('5FQ', false, 'a heavier truck'),
        ('5FN', true, 'an MPV'),
        ('1A9001', false, 'who knows')
    ) as t (wmi, is_light, reason)
    inner join catalog.wmi as w on w.wmi = t.wmi
    where w.is_light is distinct from t.is_light
    $$,
    'position 7 tells the 30-year cycle of light vehicles only'
);

select results_eq(
    'select wmi_id, make_ids, sole_make_id, sole_make_name, public_at is not null from catalog.wmi order by wmi_id',
    $$
    values
        (1, array[474, 475], null, null, true),
        (2, array[474], 474, 'HONDA', true),
        (3, array[480], 480, 'CITROËN', true),
        (4, array[999], null, null, true),
        (5, '{}', null, null, false),
        (6, '{}', null, null, true)
    $$,
    'the makes; a sole make when there is one and it exists'
);

select results_eq(
    'select model_id, make_id, make_name from catalog.model_make order by make_id',
    $$ values (1861, 474, 'HONDA'), (1861, 480, 'CITROËN') $$,
    'a model of two makes; a make that does not exist makes nothing'
);

select * from finish();
rollback;
