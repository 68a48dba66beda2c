-- Bytes of the published release, its indexes included, table by table.
select parent.relname as table_name, pg_total_relation_size(child.oid)::float8 as bytes
from catalog.current_release as c
cross join pg_class as parent
inner join pg_inherits as i on i.inhparent = parent.oid
inner join pg_class as child on child.oid = i.inhrelid and child.relname = parent.relname || '_r' || c.release_id
where parent.relnamespace = 'catalog'::regnamespace
order by bytes desc;
