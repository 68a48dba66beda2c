create or replace function etl.release_of_run(run_id int)
    returns int
    language sql
    stable security definer
    set search_path = pg_catalog
    return (select r.release_id from catalog.release as r where r.run_id = release_of_run.run_id);
comment on function etl.release_of_run(int) is 'The release that a run makes or made; null when it has none.';
grant execute on function etl.release_of_run(int) to mvp_platform_etl;
