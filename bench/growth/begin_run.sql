select etl.begin_run($1, $2) as run_id;
