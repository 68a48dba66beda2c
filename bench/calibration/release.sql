-- What the drawn VINs come from, for the report, and the calendar year that decides which model years there are.
select r.data_version, r.source, extract(year from localtimestamp)::int as year
from catalog.current_release as c
inner join catalog.release as r using (release_id);
