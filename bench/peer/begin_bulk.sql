-- One backend does all of the work.
begin; set local max_parallel_workers_per_gather = 0;
