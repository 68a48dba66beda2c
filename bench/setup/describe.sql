-- What the figures were measured on.
select current_setting('server_version') as postgres, r.data_version, r.source
from catalog.current_release as c
inner join catalog.release as r using (release_id);
