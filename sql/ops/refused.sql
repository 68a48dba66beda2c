-- Why did the last rebuilds publish nothing?
-- When:    an alert "rebuild-refused" or "rebuild-failed"; the data version has not changed after a Sunday.
-- Columns: check_name: the gate that objected, whose rows are in the view admin.<check_name>; null for a run that failed or was cancelled.
--          reason: in words. is_overridden: it was published all the same, by force; forced_reason says why.
-- Next:    failed: the reason says what to do. Refused and the file is right: etl run --force --reason "…". Refused and the file is
--          wrong: wait for the next one. pinned_release: :fresh.
select r.run_id, r.status, r.started_at, r.source, r.check_name, r.reason, r.is_overridden, r.forced_reason
from admin.refusal as r
order by r.run_id desc, r.check_name
limit 20
\gx
