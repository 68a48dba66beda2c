-- The migrator notes the checksum of all functions and views that it loads. A finer one, of the compile steps only, would miss
-- what they call.
create or replace function etl.code_version()
    returns text
    language plpgsql
    stable security definer
    set search_path = pg_catalog
as $$
begin
    if to_regclass('mvp_migration.loaded_code') is null then
        return null;
    end if;
    return (select c.sha256 from mvp_migration.loaded_code as c where c.series = 'platform');
end;
$$;
comment on function etl.code_version() is 'Checksum of the functions and views that are loaded; null when psql loaded them.';
