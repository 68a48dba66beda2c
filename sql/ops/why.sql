-- Why did this VIN decode so?     \set vin 1HGCM82633A004352   (and \set year 2003, when the client gave one)
-- When:    somebody doubts an answer.
-- Columns: 1 the answer. 2 the years that were tried and why one was taken. 3 each value: keys is the pattern that gave it, positions
--          the characters of the VIN it rests on, source where it comes from; confidence the probability that it is right.
--          4 what lost against each value, and why.
-- Next:    an error code: the VIN is mistyped, or its maker has not told NHTSA. The pattern is NHTSA's and wrong: there is nothing to
--          mend here; docs/DEVIATIONS.md lists what is answered otherwise on purpose.
\if :{?vin}
\else
    \set vin ''
\endif
\if :{?year}
\else
    \set year ''
\endif
select :'vin' <> '' as is_named \gset
\if :is_named
\echo '1 the answer'
select
    e ->> 'make' as make, e ->> 'model' as model, e ->> 'year' as year, e ->> 'confidence' as confidence, e -> 'errors' as errors,
    e ->> 'suggestedVin' as suggested_vin, e ->> 'dataVersion' as data_version
from api.explain_vin(:'vin', nullif(:'year', '')::int) as e
\gx
\echo '2 the years'
select jsonb_pretty(e -> 'explanation' -> 'year') as years from api.explain_vin(:'vin', nullif(:'year', '')::int) as e;
\echo '3 the values'
select v ->> 'Variable' as variable, v ->> 'Value' as value, v ->> 'keys' as keys, v ->> 'positions' as positions, v ->> 'source' as source, v ->> 'confidence' as confidence
from api.explain_vin(:'vin', nullif(:'year', '')::int) as e
cross join lateral jsonb_array_elements(e -> 'explanation' -> 'elements') as v
order by 1;
\echo '4 what lost'
select v ->> 'Variable' as variable, r as rejected
from api.explain_vin(:'vin', nullif(:'year', '')::int) as e
cross join lateral jsonb_array_elements(e -> 'explanation' -> 'elements') as v
cross join lateral jsonb_array_elements(v -> 'rejected') as r
order by 1;
\else
    \echo 'say which VIN:  \\set vin 1HGCM82633A004352   and then  :why   (psql why -v vin=… from the shell)'
\endif
