select bench.time_decode_vin_text($1) as microseconds;
