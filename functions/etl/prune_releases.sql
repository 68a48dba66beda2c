create or replace function etl.prune_releases(keep int)
    returns int[]
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
declare
    current_id constant int := (select c.release_id from catalog.current_release as c);
    old_id int;
    dropped int[] := array[]::int[];
begin
    for old_id in
        select r.release_id
        from catalog.release as r
        -- One that was never published may be a run's that is on.
        where r.release_id in (select p.release_id from etl.publication as p)
            and r.release_id <> current_id
            and r.release_id is distinct from etl.previous_release_id(current_id)
        order by r.release_id desc
        -- The current one and the one to go back to count as well.
        offset greatest(
            prune_releases.keep - 1 - (case when etl.previous_release_id(current_id) is null then 0 else 1 end), 0
        )
    loop
        begin
            perform etl.drop_release(old_id);
            dropped := dropped || old_id;
        exception
            -- Somebody has been reading it for ten seconds; the next run tries again.
            when lock_not_available then
                null;
        end;
    end loop;
    return dropped;
end;
$$;
comment on function etl.prune_releases(int) is
    'Drops published releases until so many are left, the oldest first; never the current one nor the one to go back to. Returns those dropped.';
grant execute on function etl.prune_releases(int) to mvp_platform_etl;
