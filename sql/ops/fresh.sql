-- Is the data fresh, and when does it come next?
-- When:    first of all; after an alert "data-too-old"; when a new model year is missing.
-- Columns: built, last_good: when the published release was compiled, and when a rebuild last ended well, also one that found nothing
--          new (the data is as old as that). next_at: when the next one is due. worker: who takes it, null when nobody has been seen for
--          five minutes. pinned_until: nothing is published before. verdict: what to make of it.
-- Next:    no worker: start one (npm run worker, or WORKER=inline). Overdue or stale: :refused, :rebuild. Pinned: :actions says by whom.
select
    r.data_version, r.source, r.built_at as built, s.last_good_at as last_good, s.max_age, s.next_at,
    case when s.has_worker then s.worker end as worker, p.expires_at as pinned_until,
    case
        when r.release_id is null then 'nothing is published: mvp-vehicles etl run'
        when s.next_at is null then 'no worker has ever started'
        when not s.has_worker then 'no worker is there'
        when s.is_stale then 'too old'
        when s.is_overdue then 'the next rebuild is overdue'
        when p.pin_id is not null then 'pinned'
        else 'all is well'
    end as verdict
from (select) as one
left join admin.release as r on r.is_current
left join admin.schedule as s on true
left join admin.pin as p on p.is_in_force
\gx
