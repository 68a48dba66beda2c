-- Schema bench of a copy of the compiled database: what is measured inside one backend, and what clients look up.
\ir begin.sql
\ir microseconds_each.sql
\ir time_lookup.sql
\ir time_decode.sql
\ir time_decode_elements.sql
\ir time_decode_vin.sql
\ir time_decode_vin_text.sql
\ir time_decode_vins.sql
\ir time_decode_vins_text.sql
