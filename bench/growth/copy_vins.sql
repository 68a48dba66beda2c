-- The same vehicles, each by the maker of one of the copies in turn.
select bench.synthetic_vin(v.vin, (v.ordinality % $2 + 1)::int) as vin
from unnest($1::text[]) with ordinality as v (vin, ordinality)
order by v.ordinality;
