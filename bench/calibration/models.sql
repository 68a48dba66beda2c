-- Which keys of which schema name a model, and whose model it is.
select mm.make_id, mm.model_id, k.schema_id, k.keys
from catalog.current_release as c
inner join catalog.pattern as p on p.release_id = c.release_id and p.element_id = 28
inner join catalog.pattern_key as k on k.release_id = c.release_id and k.key_id = p.key_id
inner join catalog.model_make as mm on mm.release_id = c.release_id and mm.model_id::text = p.value_id
order by mm.make_id, mm.model_id, k.schema_id, k.keys;
