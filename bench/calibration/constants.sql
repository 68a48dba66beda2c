-- The error model's constants as the decoder has them.
select c.name, decoder.model_constant(c.name) as value
from unnest($1::text[]) as c (name);
