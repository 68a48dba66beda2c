create or replace function etl.empty_raw_tables()
    returns void
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
as $$
begin
    truncate
        vpic.conversion, vpic.defaultvalue, vpic.element, vpic.enginemodel, vpic.enginemodelpattern, vpic.errorcode, vpic.lookup,
        vpic.make, vpic.make_model, vpic.manufacturer, vpic.manufacturer_make, vpic.model, vpic.pattern, vpic.vehiclespecpattern,
        vpic.vehiclespecschema, vpic.vehiclespecschema_model, vpic.vehiclespecschema_year, vpic.vehicletype, vpic.vinexception,
        vpic.vinschema, vpic.vspecschemapattern, vpic.wmi, vpic.wmi_make, vpic.wmi_vinschema;
end;
$$;
comment on function etl.empty_raw_tables() is 'Empties every table of vpic. Who calls it holds the one-run lock.';
