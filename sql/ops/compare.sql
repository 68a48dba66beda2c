-- What has this release that the other has not?     \set release 7   \set other 6   (default: the current one and the one it replaced)
-- When:    before a forced publish; after a rebuild that changed more than expected.
-- Columns: 1 rows of each table, and how many more or fewer. 2 makes and models added, removed and renamed, with up to twenty names.
--          3 canary VINs by what the release answers otherwise than the one before it: lost and changed are what may be wrong.
-- Next:    a make lost that is sold: select admin.roll_back('why'); then look at NHTSA's file. More of everything: a new month.
\if :{?release}
\else
    \set release ''
\endif
\if :{?other}
\else
    \set other ''
\endif
select
    coalesce(nullif(:'release', '')::int, (select r.release_id from admin.release as r where r.is_current), 0) as compared,
    coalesce(
        nullif(:'other', '')::int,
        (
            select p.replaced_release_id
            from admin.publication as p
            where p.release_id = coalesce(nullif(:'release', '')::int, (select r.release_id from admin.release as r where r.is_current))
                and not p.is_rollback
            order by p.publication_id desc
            limit 1
        ),
        0
    ) as with_other
\gset
select exists (select from admin.comparison as c where c.release_id = :compared and c.other_release_id = :with_other) as is_there \gset
\if :is_there
\echo '1 rows: release' :compared 'against' :with_other
select t.key as table_name, t.value ->> 'rows' as rows, t.value ->> 'change' as change
from admin.comparison as c
cross join lateral jsonb_each(c.changes -> 'tables') as t
where c.release_id = :compared and c.other_release_id = :with_other
order by abs((t.value ->> 'change')::bigint) desc nulls last, 1;
\echo '2 makes and models'
select k.key || ' ' || w.key as what, w.value ->> 'count' as count, w.value -> 'names' as names
from admin.comparison as c
cross join lateral jsonb_each(c.changes -> 'names') as k
cross join lateral jsonb_each(k.value) as w
where c.release_id = :compared and c.other_release_id = :with_other
order by 1;
\echo '3 canary VINs'
select d.kind, d.variable, count(*) as canaries, min(d.vin) as such_as
from admin.canary_difference as d
where d.release_id = :compared
group by d.kind, d.variable
order by 1, 3 desc;
\else
    \echo 'there are no two releases to compare: \\set release 7 and \\set other 6, out of admin.release'
\endif
