create or replace function etl.compile_engines(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.engine_model_pattern (
        release_id, engine_model_id, element_id, slot, rank, value, value_id, changed_at
    )
    select
        compile_engines.release_id, p.enginemodelid, p.elementid,
        case when e.is_multivalued then p.id else 0 end,
        row_number() over (order by coalesce(p.updatedon, p.createdon) desc nulls first, p.id),
        decoder.clean_value(case when e.lookup_table is null then p.attributeid else l.value end), p.attributeid,
        coalesce(p.updatedon, p.createdon)
    from vpic.enginemodelpattern as p
    inner join staging.element as e on e.element_id = p.elementid
    left join staging.lookup_value as l on l.lookup_table = e.lookup_table and l.value_id = p.attributeid
    -- The WMI's manufacturer and type and the year always rank before an engine model.
    where p.elementid not in (27, 29, 39);

    insert into catalog.conversion (release_id, element_id, value_id, conversion_id, to_element_id, value, source)
    select
        compile_engines.release_id, d.element_id, d.value_id, c.id, c.toelementid,
        decoder.convert_unit(c.formula, d.value_id),
        left('Conversion ' || c.id || ': ' || replace(c.formula, '#x#', d.value_id), 50)
    from staging.displacement as d
    inner join vpic.conversion as c on c.fromelementid = d.element_id;

    select count(*) from catalog.engine_model_pattern as p where p.release_id = compile_engines.release_id;
end;
comment on function etl.compile_engines(int) is
    'Fills catalog.engine_model_pattern and catalog.conversion of a release; returns the engine models'' rows.';
