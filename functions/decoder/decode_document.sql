create or replace function decoder.decode_document(release_id int, vin text, model_year int, as_of timestamp)
    returns jsonb
    language plpgsql
    stable parallel safe
    set plan_cache_mode = force_generic_plan
as $$
begin
    return (
    with element as materialized (
        select d.*
        from decoder.decode_elements(
            decode_document.release_id, decode_document.vin, decode_document.model_year, decode_document.as_of
        ) as d
        where d.value <> ''
    ),
    value as (
        select
            -- A model that several makes sell has several makes.
            string_agg(e.value, ', ' order by e.value) filter (where e.element_id = 26) as make,
            min(e.value) filter (where e.element_id = 28) as model,
            min(e.value::int) filter (where e.element_id = 29) as year,
            min(e.value) filter (where e.element_id = 38) as trim,
            min(e.value) filter (where e.element_id = 34) as series,
            min(e.value) filter (where e.element_id = 5) as body_type,
            coalesce(
                decoder.engine_name(
                    min(e.value) filter (where e.element_id = 13), min(e.value) filter (where e.element_id = 9),
                    min(e.value) filter (where e.element_id = 64), min(e.value) filter (where e.element_id = 18)
                ),
                min(e.value) filter (where e.element_id = 24 and e.value = 'Electric')
            ) as engine_type,
            min(e.value) filter (where e.element_id = 37) as transmission,
            min(e.value) filter (where e.element_id = 24) as fuel_type,
            min(e.value) filter (where e.element_id = 15) as drive_type,
            min(e.value) filter (where e.element_id = 27) as manufacturer,
            min(e.value) filter (where e.element_id = 39) as vehicle_type,
            min(e.value) filter (where e.element_id = 75) as plant_country,
            min(e.value) filter (where e.element_id = 142) as suggested_vin,
            coalesce(min(string_to_array(e.value, ',')::int[]) filter (where e.element_id = 143), '{}') as codes,
            min(e.confidence) filter (where e.element_id in (26, 28, 29)) as confidence,
            count(*) filter (where e.element_id = 28) > 0 as has_model
        from element as e
    ),
    confidence as (
        select jsonb_object_agg(c.field, round(c.confidence::numeric, 4)) as fields
        from (
            select
                f.field,
                -- A field made of several elements is right when all of them are.
                min(e.confidence) as confidence
            from (
                values
                ('make', 26), ('model', 28), ('year', 29), ('trim', 38), ('series', 34), ('bodyType', 5), ('engineType', 13),
                ('engineType', 9), ('engineType', 64), ('engineType', 18), ('transmission', 37), ('fuelType', 24), ('driveType', 15),
                ('manufacturer', 27), ('vehicleType', 39), ('plantCountry', 75)
            ) as f (field, element_id)
            inner join element as e on e.element_id = f.element_id
            group by f.field
        ) as c
    )
    select jsonb_build_object(
        'vin', t.vin,
        -- Nothing says that it is mistyped; an unknown maker or a gap in the data does not make a VIN invalid.
        'valid', not v.codes && array[1, 2, 3, 4, 5, 6, 11, 400],
        'make', v.make,
        'model', v.model,
        'year', v.year,
        'trim', v.trim,
        'series', v.series,
        'bodyType', v.body_type,
        'engineType', v.engine_type,
        'transmission', v.transmission,
        'fuelType', v.fuel_type,
        'driveType', v.drive_type,
        'manufacturer', v.manufacturer,
        'vehicleType', v.vehicle_type,
        'plantCountry', v.plant_country,
        'confidence', coalesce(round((
            v.confidence
            * case when v.has_model or v.codes <@ array[0, 9, 10, 12, 14] then 1 else decoder.model_constant('no model') end
        )::numeric, 4), 0),
        'fieldConfidence', coalesce(c.fields, '{}'),
        'checkDigit', jsonb_build_object(
            'valid', not v.codes && array[1, 6, 400] and vin.check_digit(t.vin) is not null,
            'expected', vin.check_digit(t.vin),
            'actual', nullif(substr(t.vin, 9, 1), '')
        ),
        'errors', (
            select coalesce(jsonb_agg(jsonb_build_object('code', x.error_code, 'text', x.name) order by x.error_code), '[]')
            from catalog.error_code as x
            where x.release_id = decode_document.release_id and x.error_code = any(v.codes)
        ),
        'suggestedVin', v.suggested_vin,
        'rawData', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'Variable', e.variable, 'VariableId', e.element_id, 'Value', e.value, 'ValueId', e.value_id,
                'confidence', round(e.confidence::numeric, 4), 'source', e.source
            ) order by e.group_rank, e.element_id, e.value), '[]')
            from element as e
        ),
        'dataVersion', (select r.data_version from catalog.release as r where r.release_id = decode_document.release_id)
    )
    from value as v
    cross join confidence as c
    cross join (select vin.normalize(left(btrim(coalesce(decode_document.vin, ''), ' '), 17)) as vin) as t
    );
end;
$$;
comment on function decoder.decode_document(int, text, int, timestamp) is 'api.decode_vin for any release and clock.';
