-- Where and when schemas apply: one row per public WMI and span of model years.
select w.wmi, w.is_light, w.vehicle_type_name, s.year_from, s.year_to, s.schema_ids, s.valid_characters
from catalog.current_release as c
inner join catalog.segment as s on s.release_id = c.release_id and s.year_to > 0
inner join catalog.wmi as w on w.release_id = c.release_id and w.wmi_id = s.wmi_id and w.public_at <= localtimestamp
order by w.wmi, s.year_from;
