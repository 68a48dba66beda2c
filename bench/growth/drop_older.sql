-- Only the grown release stays: its tables are what is measured.
select count(etl.drop_release(r.release_id))
from catalog.release as r
where r.release_id <> (select c.release_id from catalog.current_release as c);
