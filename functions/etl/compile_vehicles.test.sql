begin;
select plan(6);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.vehicletype (id, name) values (2, 'Passenger Car'), (3, 'Truck '), (7, 'Multipurpose Passenger Vehicle (MPV)');
insert into vpic.element (id, name, lookuptable, isprivate, decode) values (28, 'Model', 'Model', false, 'Pattern');
insert into vpic.make (id, name) values (474, 'Honda '), (475, 'Acura'), (480, 'Citroën'), (490, 'No WMI');
insert into vpic.model (id, name) values (1, ' Accord'), (2, 'Pilot'), (3, 'Never built'), (4, 'Orphan');
insert into vpic.make_model (makeid, modelid) values (474, 1), (475, 1), (474, 1), (474, 2), (474, 3), (999, 4), (475, 999);
insert into vpic.wmi (id, wmi, vehicletypeid, publicavailabilitydate)
values (1, '1HG', 2, '2015-01-01'), (2, '5FN', 7, '2015-01-01'), (3, '1HZ', 2, null), (4, '1SO', 2, '2015-01-01');
insert into vpic.wmi_make (wmiid, makeid) values (1, 474), (1, 475), (2, 474), (3, 490), (4, 480);
insert into vpic.vinschema (id, name) values (10, 'cars'), (20, 'MPVs'), (30, 'says no model');
insert into vpic.wmi_vinschema (wmiid, vinschemaid, yearfrom, yearto)
values (1, 10, 2000, 2005), (1, 10, 2008, 2009), (2, 20, 2004, null), (3, 20, 1990, 1990), (4, 30, 2001, 2002), (1, 20, 2006, 2006), (1, 10, 2015, 2014), (4, 30, 2015, 2014);
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid)
values (1, 10, 'A', 28, '1'), (2, 20, 'A', 28, '2'), (3, 20, 'B', 28, 'x'), (4, 20, 'C', 28, '777');
do $$ begin perform etl.compile_wmis(1); perform etl.compile_keys(1); perform etl.compile_patterns(1); perform etl.compile_texts(1); end; $$;

select is(etl.compile_vehicles(1), 4::bigint, 'the models with years');

select results_eq(
    'select make_id, name from catalog.make order by make_id',
    $$ values (474, 'HONDA'), (475, 'ACURA'), (480, 'CITROËN'), (490, 'NO WMI') $$,
    'every make, in upper case as a decode gives it'
);

select results_eq(
    'select make_id, model_id, name from catalog.model order by make_id, model_id',
    $$ values (474, 1, 'Accord'), (474, 2, 'Pilot'), (474, 3, 'Never built'), (475, 1, 'Accord') $$,
    'every model of every known make, once'
);

select results_eq(
    'select make_id, model_id, vehicle_type_id, years from catalog.model_year order by 1, 2, 3',
    $$
    values
        (474, 1, 2, '{[2000,2006),[2008,2010)}'::int4multirange),
        (474, 2, 2, '{[2006,2007)}'),
        (474, 2, 7, '{[2004,3000)}'),
        (475, 1, 2, '{[2000,2006),[2008,2010)}')
    $$,
    'the years in which a schema that states the model holds for a public WMI, with the gaps; a link that ends before it begins holds in none'
);

select results_eq(
    'select make_id, vehicle_type_id, years from catalog.make_year order by 1, 2',
    $$
    values
        (474, 2, '{[2000,2007),[2008,2010)}'::int4multirange),
        (474, 7, '{[2004,3000)}'),
        (475, 2, '{[2000,2006),[2008,2010)}'),
        (480, 2, '{[2001,2003)}')
    $$,
    'a make''s years are its models'', or its own WMI''s; a WMI that is not public says nothing'
);

select results_eq(
    'select vehicle_type_id, name from catalog.vehicle_type order by 1',
    $$ values (2, 'Passenger Car'), (3, 'Truck'), (7, 'Multipurpose Passenger Vehicle (MPV)') $$,
    'vehicle types in NHTSA''s words, without its spaces around them: people ask for a truck'
);

select * from finish();
rollback;
