select bench.multiply($1) as patterns;
