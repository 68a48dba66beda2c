-- The error model as the decoder has it, a row for each pair of VIN characters.
select
    m.character as meant, t.character as typed,
    decoder.look_alikes(m.character) as look_alikes,
    decoder.misread_probability(m.character, t.character) as probability
from string_to_table($1, null) as m (character)
cross join string_to_table($1, null) as t (character)
order by 1, 2;
