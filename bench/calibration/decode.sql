-- What api.decode_vin says about each VIN, cut down to what is scored.
select
    d.document ->> 'make' as make,
    d.document ->> 'model' as model,
    d.document ->> 'year' as year,
    d.document ->> 'bodyType' as body,
    d.document ->> 'fuelType' as fuel,
    (d.document #>> '{fieldConfidence,make}')::float8 as make_confidence,
    (d.document #>> '{fieldConfidence,model}')::float8 as model_confidence,
    (d.document #>> '{fieldConfidence,year}')::float8 as year_confidence,
    (d.document #>> '{fieldConfidence,bodyType}')::float8 as body_confidence,
    (d.document #>> '{fieldConfidence,fuelType}')::float8 as fuel_confidence,
    (d.document ->> 'confidence')::float8 as confidence,
    (d.document #>> '{checkDigit,valid}')::boolean as is_check_digit_valid,
    array(select (e ->> 'code')::int from jsonb_array_elements(d.document -> 'errors') as e order by 1) as codes
from unnest($1::text[], $2::int[]) with ordinality as t (vin, model_year, ordinal)
cross join lateral (select api.decode_vin(t.vin, t.model_year) as document offset 0) as d
order by t.ordinal;
