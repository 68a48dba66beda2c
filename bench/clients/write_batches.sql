-- Cuts a list of VINs into batches of equal size; what is left over is left out.
insert into bench.batch (kind, batch_id, vins)
select $1, (v.ordinality - 1) / $3 + 1, array_agg(v.vin order by v.ordinality)
from unnest($2::text[]) with ordinality as v (vin, ordinality)
group by (v.ordinality - 1) / $3
having count(*) = $3;
