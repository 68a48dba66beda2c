create or replace view admin.pin as
select
    p.pin_id, p.release_id, p.data_version, p.reason, p.pinned_by, p.pinned_at, p.expires_at, p.ended_at, p.ended_by, p.end_reason,
    p.ended_at is null and p.expires_at > statement_timestamp() as is_in_force
from etl.pin as p;
comment on view admin.pin is 'Releases that were pinned: while a pin is in force nothing replaces its release but a forced rebuild.';
grant select on admin.pin to mvp_platform_admin, mvp_platform_graphql;
