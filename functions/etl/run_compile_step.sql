-- A procedure for each step's own transaction: the loader calls them one by one, so progress shows and a step's memory ends
-- with it. Hash joins need the memory; JIT would compile each big query for longer than it runs.
create or replace procedure etl.run_compile_step(run_id int, step text)
    language plpgsql
    security definer
    set search_path = pg_catalog
    set work_mem = '128MB'
    set hash_mem_multiplier = 4
    set jit = off
as $$
declare
    release_id constant int := etl.release_of_run(run_compile_step.run_id);
    started_at constant timestamptz := clock_timestamp();
    made bigint;
begin
    case run_compile_step.step
        when 'analyze' then made := etl.analyze_tables('vpic');
        when 'release' then made := etl.begin_release(run_compile_step.run_id);
        when 'elements' then made := etl.compile_elements(release_id);
        when 'wmis' then made := etl.compile_wmis(release_id);
        when 'keys' then made := etl.compile_keys(release_id);
        when 'patterns' then made := etl.compile_patterns(release_id);
        when 'texts' then made := etl.compile_texts(release_id);
        when 'segments' then made := etl.compile_segments(release_id);
        when 'engines' then made := etl.compile_engines(release_id);
        when 'rules' then made := etl.compile_rules(release_id);
        when 'shares' then made := etl.compile_shares(release_id);
        when 'vehicles' then made := etl.compile_vehicles(release_id);
        when 'terms' then made := etl.compile_terms(release_id);
        when 'options' then made := etl.compile_options(release_id);
        when 'statistics', 'measure' then made := etl.analyze_tables('catalog');
        else
            raise exception 'no compile step is called "%"', run_compile_step.step
                using errcode = 'VP400', hint = 'etl.compile_steps() lists them.';
    end case;
    insert into etl.run_step (run_id, step, started_at, duration, row_count)
    values (run_compile_step.run_id, run_compile_step.step, started_at, clock_timestamp() - started_at, made);
end;
$$;
comment on procedure etl.run_compile_step(int, text) is 'Runs one of etl.compile_steps() and records it. VP400 for an unknown step.';
grant execute on procedure etl.run_compile_step(int, text) to mvp_platform_etl;
