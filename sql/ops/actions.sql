-- Who did what, and why?
-- When:    the published release, a pin or a rebuild is not what you left.
-- Columns: 1 actions by the admin pages or the functions of schema admin: subject is whose token it was. outcome: what the worker answered.
--          2 moves of the published release, by whatever way; login is the database's. 3 the pin, when one is in force.
-- Next:    ask them. To undo: select admin.roll_back('why'); select admin.unpin_release('why');
\echo '1 actions'
select a.acted_at, a.subject, a.login, a.action, a.reason, a.detail, a.outcome
from admin.action as a
order by a.action_id desc
limit 20;
\echo '2 publications'
select p.published_at, p.login, p.release_id, p.replaced_release_id, p.is_rollback, p.run_id
from admin.publication as p
order by p.publication_id desc
limit 10;
\echo '3 the pin'
select p.release_id, p.data_version, p.pinned_by, p.pinned_at, p.expires_at, p.reason from admin.pin as p where p.is_in_force;
