select bench.time_lookup($1) as microseconds;
