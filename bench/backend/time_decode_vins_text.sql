select bench.time_decode_vins_text($1) as microseconds;
