-- Raw rows: NHTSA's names and columns, our types, no constraints (judgement comes later, in the open, as a
-- check). Unlogged: a crash empties them, and the run that filled them starts again anyway.
set local role mvp_platform_owner;

create unlogged table vpic.conversion (id int, fromelementid int, toelementid int, formula text);
create unlogged table vpic.defaultvalue (id int, elementid int, vehicletypeid int, defaultvalue text, createdon timestamp, updatedon timestamp);
create unlogged table vpic.element (
    id int, name text, code text, lookuptable text, description text, isprivate boolean, groupname text, datatype text,
    minallowedvalue numeric, maxallowedvalue numeric, isqs boolean, decode text, weight int
);
create unlogged table vpic.enginemodel (id int, name text, description text);
create unlogged table vpic.enginemodelpattern (
    id int, enginemodelid int, elementid int, attributeid text, createdon timestamp, updatedon timestamp
);
create unlogged table vpic.errorcode (id int, name text, additionalerrortext text, weight int);
create unlogged table vpic.make (id int, name text, createdon timestamp, updatedon timestamp);
create unlogged table vpic.make_model (id int, makeid int, modelid int, createdon timestamp, updatedon timestamp);
create unlogged table vpic.manufacturer (id int, name text);
create unlogged table vpic.manufacturer_make (id int, manufacturerid int, makeid int);
create unlogged table vpic.model (id int, name text, createdon timestamp, updatedon timestamp);
create unlogged table vpic.pattern (
    id int, vinschemaid int, keys text, elementid int, attributeid text, createdon timestamp, updatedon timestamp
);
create unlogged table vpic.vehiclespecpattern (
    id int, vspecschemapatternid int, iskey boolean, elementid int, attributeid text, createdon timestamp, updatedon timestamp
);
create unlogged table vpic.vehiclespecschema (
    id int, makeid int, createdon timestamp, updatedon timestamp, vehicletypeid int, sourcedate timestamp, tobeqced boolean
);
create unlogged table vpic.vehiclespecschema_model (id int, vehiclespecschemaid int, modelid int);
create unlogged table vpic.vehiclespecschema_year (id int, vehiclespecschemaid int, year int);
create unlogged table vpic.vehicletype (id int, name text, displayorder int, formtype int, description text, includeinequipplant boolean);
create unlogged table vpic.vinexception (id int, vin text, checkdigit boolean, createdon timestamp, updatedon timestamp);
create unlogged table vpic.vinschema (id int, name text, sourcewmi text, createdon timestamp, updatedon timestamp, tobeqced boolean);
create unlogged table vpic.vspecschemapattern (id int, schemaid int);
create unlogged table vpic.wmi (
    id int, wmi text, manufacturerid int, makeid int, vehicletypeid int, createdon timestamp, updatedon timestamp, countryid int,
    publicavailabilitydate timestamp, trucktypeid int, processedon timestamp, noncompliant boolean, noncompliantsetbyovsc boolean
);
create unlogged table vpic.wmi_make (wmiid int, makeid int);
create unlogged table vpic.wmi_vinschema (id int, wmiid int, vinschemaid int, yearfrom int, yearto int, orgid int);

create unlogged table vpic.lookup (lookup_table text not null, id int, name text);
comment on table vpic.lookup is 'Every two-column lookup of NHTSA (body style, fuel type, country, …) under its lower-case table name.';

grant select, insert, truncate on all tables in schema vpic to mvp_platform_etl;

create table etl.required_column (
    table_name text not null,
    column_name text not null,
    primary key (table_name, column_name)
);
comment on table etl.required_column is 'Columns without which a source is refused; the other columns and tables of vpic may be missing.';
insert into etl.required_column (table_name, column_name)
values
    ('conversion', 'id'), ('conversion', 'fromelementid'), ('conversion', 'toelementid'), ('conversion', 'formula'),
    ('element', 'id'), ('element', 'name'), ('element', 'code'), ('element', 'lookuptable'), ('element', 'isprivate'),
    ('element', 'groupname'), ('element', 'datatype'), ('element', 'decode'), ('element', 'weight'),
    ('enginemodel', 'id'), ('enginemodel', 'name'),
    ('enginemodelpattern', 'id'), ('enginemodelpattern', 'enginemodelid'), ('enginemodelpattern', 'elementid'),
    ('enginemodelpattern', 'attributeid'), ('enginemodelpattern', 'createdon'), ('enginemodelpattern', 'updatedon'),
    ('make', 'id'), ('make', 'name'),
    ('make_model', 'makeid'), ('make_model', 'modelid'),
    ('manufacturer', 'id'), ('manufacturer', 'name'),
    ('model', 'id'), ('model', 'name'),
    ('pattern', 'id'), ('pattern', 'vinschemaid'), ('pattern', 'keys'), ('pattern', 'elementid'), ('pattern', 'attributeid'),
    ('pattern', 'createdon'), ('pattern', 'updatedon'),
    ('vehicletype', 'id'), ('vehicletype', 'name'),
    ('vinschema', 'id'), ('vinschema', 'tobeqced'),
    ('wmi', 'id'), ('wmi', 'wmi'), ('wmi', 'manufacturerid'), ('wmi', 'vehicletypeid'), ('wmi', 'publicavailabilitydate'),
    ('wmi', 'trucktypeid'),
    ('wmi_make', 'wmiid'), ('wmi_make', 'makeid'),
    ('wmi_vinschema', 'wmiid'), ('wmi_vinschema', 'vinschemaid'), ('wmi_vinschema', 'yearfrom'), ('wmi_vinschema', 'yearto');
grant select on etl.required_column to mvp_platform_etl;
