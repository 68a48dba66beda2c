select count(*)::int as answers, sum(octet_length(d.own) + octet_length(d.common))::float8 as bytes
from api.decode_vins_text($1) as d;
