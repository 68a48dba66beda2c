-- A car maker and a small maker, each with a make, a model, a schema and a pattern that names the model.
with maker as (
    select m.id, m.wmi from (values (1, '1HG'), (2, '1B9123')) as m (id, wmi)
),
wmis as (insert into vpic.wmi (id, wmi, manufacturerid) select id, wmi, id from maker),
makes as (insert into vpic.make (id, name) select id, 'MAKE ' || id from maker),
models as (insert into vpic.model (id, name) select id, 'Model ' || id from maker),
make_models as (insert into vpic.make_model (id, makeid, modelid) select id, id, id from maker),
wmi_makes as (insert into vpic.wmi_make (wmiid, makeid) select id, id from maker),
schemas as (insert into vpic.vinschema (id, name) select id, 'Schema ' || id from maker),
links as (insert into vpic.wmi_vinschema (id, wmiid, vinschemaid, yearfrom) select id, id, id, 1990 from maker)
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid) select id, id, '*****', 28, id::text from maker;
