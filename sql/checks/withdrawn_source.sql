-- Who goes back to an older release does not want the same file again next Sunday. Forced, it is published and no longer withdrawn.
create or replace view admin.withdrawn_source as
select
    r.release_id,
    withdrawn.release_id as withdrawn_release_id,
    back.published_at as withdrawn_at,
    format(
        'made of the same file as release %s, which was taken back on %s', withdrawn.release_id, to_char(back.published_at at time zone 'UTC', 'YYYY-MM-DD')
    ) as reason
from catalog.release as r
inner join etl.run as made on made.run_id = r.run_id
inner join etl.publication as back on back.is_rollback
inner join lateral (
    select p.release_id, p.run_id
    from etl.publication as p
    where p.release_id = back.replaced_release_id
    order by p.publication_id
    limit 1
) as withdrawn on withdrawn.release_id <> r.release_id
inner join etl.run as former on former.run_id = withdrawn.run_id
where former.source_detail ->> 'sha256' = made.source_detail ->> 'sha256'
    and not exists (
        select
        from etl.publication as later
        inner join etl.run as again on again.run_id = later.run_id
        where later.publication_id > back.publication_id
            and not later.is_rollback
            and again.source_detail ->> 'sha256' = made.source_detail ->> 'sha256'
    );
comment on view admin.withdrawn_source is 'Gate: a release made of a file whose release somebody took back (etl.rollback) and nobody has published again since.';
grant select on admin.withdrawn_source to mvp_platform_admin, mvp_platform_etl;
