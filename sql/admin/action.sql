create or replace view admin.action as
select a.action_id, a.action, a.subject, a.login, a.reason, a.detail, a.acted_at, r.job_id, r.settled_at, r.outcome
from etl.action as a
left join etl.job_request as r on r.action_id = a.action_id;
comment on view admin.action is
    'What people did by the admin pages or the functions of schema admin: who, when, why; for what a worker has to do, which job it became and what came of it.';
comment on column admin.action.subject is 'The subject (sub) of the token, or the login of the database.';
comment on column admin.action.outcome is 'What the worker answered; null while it has not, and for actions that need no worker.';
grant select on admin.action to mvp_platform_admin, mvp_platform_graphql;
