select bench.time_decode($1) as microseconds;
