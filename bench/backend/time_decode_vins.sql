select bench.time_decode_vins($1) as microseconds;
