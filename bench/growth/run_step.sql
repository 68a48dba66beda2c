call etl.run_compile_step($1, $2);
