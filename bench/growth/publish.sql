select etl.publish(etl.finish_run($1)) as data_version;
