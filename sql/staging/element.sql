create or replace view staging.element as
select
    e.id as element_id,
    e.name,
    e.code,
    e.groupname as group_name,
    e.datatype as data_type,
    lower(e.lookuptable) as lookup_table,
    coalesce(e.weight, 0) as weight,
    -- NHTSA's own list of free-text variables of which all candidates are shown.
    e.id in (114, 121, 129, 150, 154, 155, 169, 186) as is_multivalued,
    coalesce(e.decode, '') <> '' and e.isprivate is not true as is_emitted,
    -- Make, manufacturer, year and type come from the model, the WMI and position 10.
    e.decode is not null and e.isprivate is not true and e.id not in (26, 27, 29, 39) as is_pattern_value,
    e.description,
    coalesce(e.decode, '') <> '' and e.isprivate is true as is_extended,
    -- The flat answers of the public API have a key for every variable of a group, also for those that it no longer decodes.
    e.code is not null and (coalesce(e.decode, '') <> '' and e.isprivate is not true or e.groupname is not null) as is_flat
from vpic.element as e;
comment on view staging.element is 'NHTSA''s variables with our names.';
