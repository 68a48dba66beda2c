-- Not simply the next lower number: after a rollback from 3 to 2 the next release is 4, and 3 is the one that nobody wants back.
-- What counts is what a release replaced when it was published; forward moves only go up, so the chain ends.
create or replace function etl.previous_release_id(release_id int)
    returns int
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
    return (
        with recursive chain (candidate_id, depth) as (
            select
                case
                    when exists (select from etl.publication as p where p.release_id = previous_release_id.release_id)
                        then (
                            select p.replaced_release_id
                            from etl.publication as p
                            where p.release_id = previous_release_id.release_id and not p.is_rollback
                            order by p.publication_id desc
                            limit 1
                        )
                    -- Not published yet: it would replace the current one.
                    else (select c.release_id from catalog.current_release as c)
                end,
                1
            union all
            select
                (
                    select p.replaced_release_id
                    from etl.publication as p
                    where p.release_id = k.candidate_id and not p.is_rollback
                    order by p.publication_id desc
                    limit 1
                ),
                k.depth + 1
            from chain as k
            where k.candidate_id is not null
        )
        select k.candidate_id
        from chain as k
        inner join catalog.release as r on r.release_id = k.candidate_id and r.is_complete
        order by k.depth
        limit 1
    );
comment on function etl.previous_release_id(int) is
    'The release that a release replaced, or would replace when it is not published yet: to compare it with and to go back to. Dropped ones are passed over; null when there is none.';
grant execute on function etl.previous_release_id(int) to mvp_platform_etl, mvp_platform_admin, mvp_platform_graphql;
