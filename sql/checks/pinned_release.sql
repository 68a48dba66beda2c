-- Without who and why: refusals are told in public (api.status).
create or replace view admin.pinned_release as
select
    r.release_id,
    p.release_id as pinned_release_id,
    p.expires_at,
    format(
        'release %s is pinned until %s UTC, see admin.pin', p.release_id, to_char(p.expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
    ) as reason
from catalog.release as r
inner join etl.pin as p on p.ended_at is null and p.expires_at > statement_timestamp() and p.release_id <> r.release_id;
comment on view admin.pinned_release is 'Gate: somebody has pinned another release (admin.pin_release) and the pin has not run out.';
grant select on admin.pinned_release to mvp_platform_admin, mvp_platform_etl;
