select bench.time_decode_elements($1) as microseconds;
