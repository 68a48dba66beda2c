select bench.time_decode_vin($1) as microseconds;
