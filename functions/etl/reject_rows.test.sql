-- needs: fixture
begin;
select plan(6);

create temporary table before as
select 'wmi' as name, count(*) as rows from vpic.wmi
union all
select 'pattern', count(*) from vpic.pattern
union all
select 'make', count(*) from vpic.make;

insert into etl.run (run_id, source) overriding system value values (9001, 'a');
select is(etl.reject_rows(9001), 0::bigint, 'the fixture has nothing to reject');

-- Each row is refused for the reason beside it, or stays (null).
create temporary table given (table_name text, row_content jsonb, reason text);
insert into given (table_name, row_content, reason)
values
    ('conversion', '{"fromelementid": 13, "toelementid": 11, "formula": "#x# * 2"}', 'no id'),
    ('conversion', '{"id": 90, "fromelementid": 13, "formula": "#x# * 2"}', 'no target variable'),
    ('conversion', '{"id": 91, "fromelementid": 13, "toelementid": 11}', 'no formula'),
    ('conversion', '{"id": 92, "fromelementid": 13, "toelementid": 11, "formula": "drop table x"}', null),
    ('defaultvalue', '{"id": 1, "elementid": 5, "defaultvalue": "0"}', 'no vehicle type'),
    ('defaultvalue', '{"id": 2, "elementid": 5, "vehicletypeid": 2}', 'no value'),
    ('element', '{"name": "x", "decode": "Pattern"}', 'no id'),
    ('element', '{"id": 9000, "decode": "Pattern"}', 'no name'),
    ('element', '{"id": 9000, "name": "x", "decode": "Pattern"}', null),
    ('element', '{"id": 9000, "name": "y", "decode": "Pattern"}', 'a second row of its id'),
    ('enginemodelpattern', '{"enginemodelid": 1, "elementid": 129, "attributeid": "x"}', 'no id'),
    ('enginemodelpattern', '{"id": 1, "elementid": 9, "attributeid": "x"}', 'no engine model'),
    ('enginemodelpattern', '{"id": 2, "enginemodelid": 1, "elementid": 9}', 'no value'),
    ('errorcode', '{"name": "x"}', 'no id'),
    ('errorcode', '{"id": 0}', 'no name'),
    ('errorcode', '{"id": 0, "name": "fine"}', null),
    ('errorcode', '{"id": 0, "name": "twice"}', 'a second row of its id'),
    ('lookup', '{"lookup_table": "transmission", "name": "x"}', 'no id'),
    ('lookup', '{"lookup_table": "transmission", "id": 9000}', 'no name'),
    ('lookup', '{"lookup_table": "transmission", "id": 9001, "name": "x"}', null),
    ('lookup', '{"lookup_table": "transmission", "id": 9001, "name": "y"}', 'a second row of its id'),
    ('lookup', '{"lookup_table": "bodystyle", "id": 9001, "name": "y"}', null),
    ('make', '{"name": "x"}', 'no id'),
    ('make', '{"id": 9000}', 'no name'),
    ('make', '{"id": 9000, "name": "X"}', null),
    ('make', '{"id": 9000, "name": "Y"}', 'a second row of its id'),
    ('make_model', '{"id": 1, "makeid": 9000}', 'no model'),
    ('make_model', '{"id": 2, "modelid": 9000}', null),
    ('manufacturer', '{"name": "x"}', 'no id'),
    ('manufacturer', '{"id": 9000, "name": "x"}', null),
    ('manufacturer', '{"id": 9000, "name": "y"}', 'a second row of its id'),
    ('model', '{"name": "x"}', 'no id'),
    ('model', '{"id": 9000}', 'no name'),
    ('model', '{"id": 9000, "name": "x"}', null),
    ('model', '{"id": 9000, "name": "y"}', 'a second row of its id'),
    ('pattern', '{"vinschemaid": 1, "keys": "A", "elementid": 28, "attributeid": "1"}', 'no id'),
    ('pattern', '{"id": 90001, "keys": "A", "elementid": 28, "attributeid": "1"}', 'no schema'),
    ('pattern', '{"id": 90002, "vinschemaid": 1, "keys": "A", "elementid": 28}', 'no value'),
    ('pattern', '{"id": 90003, "vinschemaid": 1, "elementid": 28, "attributeid": "1"}', null),
    ('pattern', '{"id": 90004, "vinschemaid": 1, "keys": "A", "attributeid": "1"}', null),
    ('pattern', '{"id": 90005, "vinschemaid": 90009, "keys": "A", "elementid": 28, "attributeid": "x"}', null),
    ('vehiclespecpattern', '{"vspecschemapatternid": 1, "iskey": false, "elementid": 5, "attributeid": "1"}', 'no id'),
    ('vehiclespecpattern', '{"id": 90001, "iskey": false, "elementid": 5, "attributeid": "1"}', 'no specification'),
    ('vehiclespecpattern', '{"id": 90002, "vspecschemapatternid": 1, "elementid": 5, "attributeid": "1"}', 'neither key nor value'),
    ('vehiclespecpattern', '{"id": 90003, "vspecschemapatternid": 1, "iskey": true, "elementid": 5}', 'no value'),
    ('vehiclespecpattern', '{"id": 90004, "vspecschemapatternid": 1, "iskey": true, "attributeid": "1"}', null),
    ('vehiclespecschema', '{"id": 90001, "vehicletypeid": 2}', 'no make'),
    ('vehiclespecschema', '{"id": 90001, "makeid": 474}', null),
    ('vehiclespecschema', '{"id": 90001, "makeid": 475}', 'a second row of its id'),
    ('vehiclespecschema_model', '{"id": 90001, "vehiclespecschemaid": 90001}', 'no model'),
    ('vehicletype', '{"name": "x"}', 'no id'),
    ('vehicletype', '{"id": 90}', 'no name'),
    ('vehicletype', '{"id": 90, "name": "x"}', null),
    ('vehicletype', '{"id": 90, "name": "y"}', 'a second row of its id'),
    ('vinexception', '{"id": 90001, "checkdigit": true}', 'no VIN'),
    ('vinschema', '{"name": "x"}', 'no id'),
    ('vinschema', '{"id": 90001, "name": "x"}', null),
    ('vinschema', '{"id": 90001, "name": "y"}', 'a second row of its id'),
    ('vspecschemapattern', '{"schemaid": 90001}', 'no id'),
    ('vspecschemapattern', '{"id": 90001, "schemaid": 90001}', null),
    ('vspecschemapattern', '{"id": 90001, "schemaid": 90002}', 'a second row of its id'),
    ('wmi', '{"wmi": "ZZ0"}', 'no id'),
    ('wmi', '{"id": 90001}', 'no WMI'),
    ('wmi', '{"id": 90003, "wmi": "ZZ1"}', 'a second row of its WMI'),
    ('wmi', '{"id": 90002, "wmi": "ZZ1"}', null),
    ('wmi', '{"id": 90002, "wmi": "ZZ2"}', 'a second row of its id'),
    ('wmi', '{"id": 90004, "wmi": "zz1"}', null),
    ('wmi_make', '{"wmiid": 90002}', 'no make'),
    ('wmi_make', '{"makeid": 474}', null),
    ('wmi_vinschema', '{"id": 90001, "wmiid": 90002, "vinschemaid": 90001, "yearfrom": 2147483647}', 'a year beyond 9999'),
    ('wmi_vinschema', '{"id": 90002, "wmiid": 90002, "vinschemaid": 90001, "yearfrom": 2000, "yearto": 2147483647}', 'a year beyond 9999'),
    ('wmi_vinschema', '{"id": 90003, "wmiid": 90002, "vinschemaid": 90001}', null),
    ('wmi_vinschema', '{"id": 90004, "yearfrom": -5, "yearto": -9}', null);
-- Texts beyond what an index entry holds, and one that fits.
insert into given (table_name, row_content, reason)
select
    t.table_name, jsonb_build_object(t.column_name, repeat(md5(t.table_name), t.length / 32)) || t.other,
    case when t.length > 1000 then format('a %s of more than 1000 bytes', t.thing) end
from (
    values
        ('enginemodelpattern', 'attributeid', 'value', 3200, '{"id": 3, "enginemodelid": 1, "elementid": 13}'::jsonb),
        ('lookup', 'name', 'name', 3200, '{"lookup_table": "x", "id": 1}'),
        ('make', 'name', 'name', 3200, '{"id": 9003}'),
        ('pattern', 'attributeid', 'value', 3200, '{"id": 90006, "vinschemaid": 1, "keys": "A", "elementid": 38}'),
        ('pattern', 'attributeid', 'value', 992, '{"id": 90007, "vinschemaid": 1, "keys": "A", "elementid": 38}'),
        ('vinexception', 'vin', 'VIN', 3200, '{"id": 90002, "checkdigit": true}'),
        ('wmi', 'wmi', 'WMI', 3200, '{"id": 90005}')
) as t (table_name, column_name, thing, length, other);

do $$
declare
    row_given record;
begin
    for row_given in select g.table_name, g.row_content from given as g loop
        execute format('insert into vpic.%1$I select * from jsonb_populate_record(null::vpic.%1$I, $1)', row_given.table_name)
        using row_given.row_content;
    end loop;
end;
$$;

insert into etl.run (run_id, source) overriding system value values (9002, 'a');
select is(
    etl.reject_rows(9002), (select count(*) from given where reason is not null), 'every row that is unusable, and no other'
);
select results_eq(
    'select table_name, reason, row_count from etl.rejection where run_id = 9002 order by table_name, reason',
    'select table_name, reason, count(*) from given where reason is not null group by table_name, reason order by table_name, reason',
    'each for its reason'
);
select is_empty(
    $$
    select r.table_name, r.reason, s.content
    from etl.rejection as r
    cross join lateral jsonb_array_elements(r.samples) as s (content)
    where r.run_id = 9002
        and not exists (
            select
            from given as g
            where g.table_name = r.table_name and g.reason = r.reason
                and (g.row_content = jsonb_strip_nulls(s.content) or length(g.row_content::text) > 3000)
        )
    $$,
    'with the rows as they were'
);

select results_eq(
    $$ select step, row_count from etl.run_step where run_id = 9002 $$,
    $$ select 'reject', count(*) from given where reason is not null $$,
    'a step of the run'
);

-- What stays is odd, and compiles.
do $$
declare
    compiled record;
begin
    for compiled in select s.step from etl.compile_steps() as s order by s.ordinal loop
        call etl.run_compile_step(9002, compiled.step);
    end loop;
    perform etl.finish_run(9002);
end;
$$;
select results_eq(
    $$
    select 'wmi', count(*) from catalog.wmi where release_id = etl.release_of_run(9002)
    union all
    select 'make', count(*) from catalog.make where release_id = etl.release_of_run(9002)
    $$,
    $$
    select 'wmi', b.rows + 2 from before as b where b.name = 'wmi'
    union all
    select 'make', b.rows + 1 from before as b where b.name = 'make'
    $$,
    'the release has what it had, and what is good of the new rows'
);

select * from finish();
rollback;
