-- Every name that an attribute can stand for, by the lookup table that its element names. NHTSA compares the id as
-- text: an attribute '04' finds nothing.
create or replace view staging.lookup_value as
select l.lookup_table, l.id::text as value_id, l.name as value from vpic.lookup as l
union all
select 'make', m.id::text, m.name from vpic.make as m
union all
select 'model', m.id::text, m.name from vpic.model as m
union all
select 'manufacturer', m.id::text, m.name from vpic.manufacturer as m
union all
select 'vehicletype', t.id::text, t.name from vpic.vehicletype as t;
comment on view staging.lookup_value is 'Names by lower-case lookup table and id as text.';
