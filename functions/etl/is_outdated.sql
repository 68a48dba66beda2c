-- A migration may give the catalog what only a rebuild can fill. A list of those that do would have to be kept; a rebuild too many
-- costs a worker some minutes. So every migration counts. Refused data is not tried again: a person has to look.
create or replace function etl.is_outdated()
    returns boolean
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
as $$
begin
    if to_regclass('mvp_migration.applied_migration') is null then
        return false;
    end if;
    return exists (select from catalog.current_release) and not exists (
        select
        from etl.run as r
        where r.status in ('published', 'unchanged', 'refused')
            and r.started_at >= (select max(m.applied_at) from mvp_migration.applied_migration as m where m.series = 'platform')
    );
end;
$$;
comment on function etl.is_outdated() is
    'Whether the published release was made before the newest migration and no rebuild has come to an end since; false where the migrator has not been.';
