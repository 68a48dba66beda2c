create or replace function etl.compile_vehicles(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.vehicle_type (release_id, vehicle_type_id, name)
    select compile_vehicles.release_id, t.id, btrim(t.name, ' ') from vpic.vehicletype as t;

    insert into catalog.make (release_id, make_id, name)
    -- Upper case, as in a decode and in NHTSA's own lists.
    select compile_vehicles.release_id, m.id, upper(btrim(m.name, ' ') collate vin.simple_case) from vpic.make as m;

    insert into catalog.model (release_id, make_id, model_id, name)
    select distinct compile_vehicles.release_id, mm.makeid, m.id, btrim(m.name, ' ')
    from vpic.make_model as mm
    inner join vpic.model as m on m.id = mm.modelid
    inner join vpic.make as k on k.id = mm.makeid;

    insert into catalog.model_year (release_id, make_id, model_id, vehicle_type_id, years)
    with schema_model as materialized (
        select distinct k.schema_id, mm.make_id, mm.model_id
        from catalog.pattern as p
        inner join catalog.pattern_key as k on k.release_id = compile_vehicles.release_id and k.key_id = p.key_id
        inner join catalog.model_make as mm on mm.release_id = compile_vehicles.release_id and mm.model_id::text = p.value_id
        where p.release_id = compile_vehicles.release_id and p.element_id = 28
    )
    select compile_vehicles.release_id, sm.make_id, sm.model_id, w.vehicle_type_id, range_agg(int4range(l.year_from, l.year_to, '[]'))
    from staging.schema_link as l
    inner join catalog.wmi as w
        on w.release_id = compile_vehicles.release_id and w.wmi_id = l.wmi_id and w.public_at is not null
    inner join schema_model as sm on sm.schema_id = l.schema_id
    -- A link that ends before it begins holds in no year, and makes no range.
    where l.year_from <= l.year_to
    group by sm.make_id, sm.model_id, w.vehicle_type_id;

    -- A WMI of one make says that the make sold something, also where its patterns name no model.
    insert into catalog.make_year (release_id, make_id, vehicle_type_id, years)
    select compile_vehicles.release_id, y.make_id, y.vehicle_type_id, range_agg(y.years)
    from (
        select m.make_id, m.vehicle_type_id, m.years
        from catalog.model_year as m
        where m.release_id = compile_vehicles.release_id
        union all
        select w.sole_make_id, w.vehicle_type_id, int4multirange(int4range(l.year_from, l.year_to, '[]'))
        from catalog.wmi as w
        inner join staging.schema_link as l on l.wmi_id = w.wmi_id
        where w.release_id = compile_vehicles.release_id and w.sole_make_id is not null and w.public_at is not null
            and l.year_from <= l.year_to
        union all
        -- Known to make the type, in years that the data does not tell.
        select u.make_id, w.vehicle_type_id, '{}'
        from catalog.wmi as w
        cross join lateral unnest(w.make_ids) as u (make_id)
        where w.release_id = compile_vehicles.release_id and w.public_at is not null
    ) as y
    group by y.make_id, y.vehicle_type_id;

    select count(*) from catalog.model_year as m where m.release_id = compile_vehicles.release_id;
end;
comment on function etl.compile_vehicles(int) is
    'Fills makes, models and their model years of a release; returns the models with years.';
