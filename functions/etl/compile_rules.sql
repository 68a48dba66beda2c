create or replace function etl.compile_rules(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.default_value (release_id, vehicle_type_id, element_id, value, value_id)
    select
        compile_rules.release_id, d.vehicletypeid, d.elementid,
        case
            when e.data_type = 'lookup' and d.defaultvalue = '0' then 'Not Applicable'
            when e.lookup_table is null then decoder.clean_value(d.defaultvalue)
            else l.value
        end,
        d.defaultvalue
    from vpic.defaultvalue as d
    inner join staging.element as e on e.element_id = d.elementid
    left join staging.lookup_value as l on l.lookup_table = e.lookup_table and l.value_id = d.defaultvalue;

    insert into catalog.vin_exception (release_id, vin)
    select distinct compile_rules.release_id, vin.normalize(x.vin)
    from vpic.vinexception as x
    where x.checkdigit;

    insert into catalog.vehicle_spec (release_id, spec_id, make_id, vehicle_type_id, model_id, years, key_element_ids, key_values)
    select
        compile_rules.release_id, s.id, c.makeid, c.vehicletypeid, m.modelid, y.years,
        coalesce(k.element_ids, '{}'), coalesce(k.value_ids, '{}')
    from vpic.vspecschemapattern as s
    inner join vpic.vehiclespecschema as c on c.id = s.schemaid and c.tobeqced is not true
    inner join vpic.vehiclespecschema_model as m on m.vehiclespecschemaid = c.id
    left join (
        select sy.vehiclespecschemaid, array_agg(sy.year order by sy.year) as years
        from vpic.vehiclespecschema_year as sy
        group by sy.vehiclespecschemaid
    ) as y on y.vehiclespecschemaid = c.id
    left join (
        select
            p.vspecschemapatternid,
            array_agg(p.elementid order by p.id) as element_ids,
            array_agg(lower(p.attributeid) order by p.id) as value_ids
        from vpic.vehiclespecpattern as p
        where p.iskey
        group by p.vspecschemapatternid
    ) as k on k.vspecschemapatternid = s.id;

    insert into catalog.vehicle_spec_value (release_id, spec_id, spec_value_id, element_id, is_key, value, value_id, changed_at)
    select
        compile_rules.release_id, p.vspecschemapatternid, p.id, p.elementid, p.iskey,
        decoder.clean_value(case when e.lookup_table is null then p.attributeid else l.value end), p.attributeid,
        coalesce(p.updatedon, p.createdon)
    from vpic.vehiclespecpattern as p
    inner join staging.element as e on e.element_id = p.elementid
    left join staging.lookup_value as l on l.lookup_table = e.lookup_table and l.value_id = p.attributeid;

    select count(*) from catalog.default_value as d where d.release_id = compile_rules.release_id;
end;
comment on function etl.compile_rules(int) is
    'Fills defaults, check-digit exceptions and vehicle specifications of a release; returns the defaults.';
