create or replace function etl.wanted_rebuild()
    returns text
    language sql
    stable security definer
    set search_path = pg_catalog
    return (
        case
            when not exists (select from catalog.current_release) then 'an empty database'
            -- It would be made, refused for the pin, and told about at every start.
            when etl.is_outdated() and etl.pin_in_force() is null then 'a new version of the program'
        end
    );
comment on function etl.wanted_rebuild() is 'Who wants a rebuild now and not only when the schedule says so; null: nobody.';
grant execute on function etl.wanted_rebuild() to mvp_platform_etl;
