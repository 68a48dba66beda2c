-- Forced: what grows out of another release is not what the gates expect.
select begun.run_id
from (select etl.begin_run($1, null, 'measured') as run_id offset 0) as begun
cross join lateral (select etl.record_source(begun.run_id, $2) as is_unchanged offset 0) as recorded
where not recorded.is_unchanged;
