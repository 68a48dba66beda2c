select etl.publish(finished.release_id) as data_version
from (select etl.finish_run($1) as release_id offset 0) as finished
cross join lateral (select etl.check_run($1) as objection where finished.release_id is not null offset 0) as checked
where checked.objection is null;
