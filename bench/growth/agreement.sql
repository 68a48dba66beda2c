-- How many copies decode to as many values and the same errors as their originals.
select
    count(*) filter (where jsonb_array_length(o.document -> 'rawData') = jsonb_array_length(s.document -> 'rawData')
        and o.document -> 'errors' = s.document -> 'errors')::float8 / count(*) as agreement
from unnest($1::text[], $2::text[]) as v (original, synthetic)
cross join lateral (select api.decode_vin(v.original) as document offset 0) as o
cross join lateral (select api.decode_vin(v.synthetic) as document offset 0) as s;
