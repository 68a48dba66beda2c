-- One run at a time over any number of workers: a session lock, so that it dies with the run however that dies. Whoever
-- gets the lock knows that no other run lives, and cleans up after those that died.
create or replace function etl.begin_run(source text, source_detail jsonb default '{}')
    returns int
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    new_run_id int;
begin
    if not pg_try_advisory_lock(hashtext('mvp_platform_rebuild')) then
        raise exception 'another rebuild is running'
            using errcode = 'VP409', hint = 'Wait for it, or look at it: mvp-vehicles etl status.';
    end if;
    -- Half made, or made and never published: nobody will finish it.
    perform etl.drop_release(r.release_id)
    from catalog.release as r
    inner join etl.run as dead on dead.run_id = r.run_id
    where not r.is_complete or dead.status in ('running', 'compiled');
    update etl.run
    set status = 'failed', finished_at = now(), reason = 'the run died without a word'
    where run.status in ('running', 'compiled');
    truncate
        vpic.conversion, vpic.defaultvalue, vpic.element, vpic.enginemodel, vpic.enginemodelpattern, vpic.errorcode, vpic.lookup,
        vpic.make, vpic.make_model, vpic.manufacturer, vpic.manufacturer_make, vpic.model, vpic.pattern, vpic.vehiclespecpattern,
        vpic.vehiclespecschema, vpic.vehiclespecschema_model, vpic.vehiclespecschema_year, vpic.vehicletype, vpic.vinexception,
        vpic.vinschema, vpic.vspecschemapattern, vpic.wmi, vpic.wmi_make, vpic.wmi_vinschema;
    insert into etl.run (source, source_detail)
    values (begin_run.source, coalesce(begin_run.source_detail, '{}'))
    returning run.run_id into new_run_id;
    return new_run_id;
end;
$$;
comment on function etl.begin_run(text, jsonb) is
    'Starts a rebuild: takes the one-run lock of the session, cleans up after dead runs, empties the raw tables; returns the run. VP409 while another run lives.';
grant execute on function etl.begin_run(text, jsonb) to mvp_platform_etl;
