create or replace function etl.clean_up()
    returns int
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
begin
    if not pg_try_advisory_xact_lock(hashtext('mvp_platform_rebuild')) then
        return null;
    end if;
    return etl.bury_dead_runs();
end;
$$;
comment on function etl.clean_up() is
    'What a program does when it starts: cleans up after runs that died; returns how many, null while a run lives.';
grant execute on function etl.clean_up() to mvp_platform_etl;
