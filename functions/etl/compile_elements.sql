create or replace function etl.compile_elements(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.error_code (release_id, error_code, name, additional_text, weight)
    select compile_elements.release_id, c.error_code, btrim(c.name, ' '), btrim(c.additional_text, ' '), c.weight
    from staging.error_code as c;

    insert into catalog.element (
        release_id, element_id, name, code, group_name, group_rank, data_type, lookup_table, weight, is_multivalued,
        is_emitted, is_pattern_value, description, is_extended, is_flat
    )
    select
        compile_elements.release_id, e.element_id, e.name, e.code, e.group_name,
        -- NHTSA answers in the order of its groups; those outside its list come last.
        coalesce(array_position(
            array[
                'General', 'Exterior / Body', 'Exterior / Dimension', 'Exterior / Truck', 'Exterior / Trailer',
                'Exterior / Wheel tire', 'Exterior / Motorcycle', 'Exterior / Bus', 'Interior', 'Interior / Seat',
                'Mechanical / Transmission', 'Mechanical / Drivetrain', 'Mechanical / Brake', 'Mechanical / Battery',
                'Mechanical / Battery / Charger', 'Engine', 'Passive Safety System',
                'Passive Safety System / Air Bag Location', 'Active Safety System'
            ]::text[],
            e.group_name
        ), 99),
        e.data_type, e.lookup_table, e.weight, e.is_multivalued, e.is_emitted, e.is_pattern_value,
        e.description, e.is_extended, e.is_flat
    from staging.element as e;

    -- Also the countries, which stand beside a WMI.
    insert into catalog.lookup_value (release_id, lookup_table, value_id, name)
    select compile_elements.release_id, l.lookup_table, l.id, l.name
    from vpic.lookup as l
    where l.lookup_table = 'country' or l.lookup_table in (select e.lookup_table from staging.element as e);

    select count(*) from catalog.element as e where e.release_id = compile_elements.release_id;
end;
comment on function etl.compile_elements(int) is 'Fills catalog.element, catalog.lookup_value and catalog.error_code of a release; returns the elements.';
