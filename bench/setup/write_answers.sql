insert into bench.answer (vin, document)
select v.vin, api.decode_vin(v.vin)
from unnest($1::text[]) as v (vin);
