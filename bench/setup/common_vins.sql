-- The VINs whose answer is, but for the VIN itself, the one of every vehicle of their kind.
select v.vin
from unnest($1::text[]) with ordinality as v (vin, ordinality)
cross join lateral api.decode_vin_text(v.vin) as d
where d.is_common
order by v.ordinality;
