-- The keys of every schema, one a line: a row a key would take ten times as long to read.
select k.schema_id, string_agg(k.keys, e'\n' order by k.keys) as keys
from catalog.current_release as c
inner join catalog.pattern_key as k on k.release_id = c.release_id
group by k.schema_id;
