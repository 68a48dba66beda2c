-- Displacement in CC, CI and L: the only elements that NHTSA converts.
create or replace view staging.displacement as
select p.elementid as element_id, p.attributeid as value_id from vpic.pattern as p where p.elementid in (11, 12, 13)
union
select p.elementid, p.attributeid from vpic.enginemodelpattern as p where p.elementid in (11, 12, 13);
comment on view staging.displacement is 'Every distinct displacement that a pattern or an engine model states.';
