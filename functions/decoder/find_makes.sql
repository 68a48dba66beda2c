create or replace function decoder.find_makes(release_id int, wmi catalog.wmi, model decoder.item)
    returns setof decoder.item
    language sql
    stable parallel safe
begin atomic
    select
        26, m.make_name, m.make_id::text, 'pattern - model', (find_makes.model).keys, 1000, null::timestamp,
        (find_makes.model).pattern_id, (find_makes.model).schema_id, (find_makes.model).used_positions,
        (find_makes.model).is_disputed
    from catalog.model_make as m
    where m.release_id = find_makes.release_id
        and m.model_id = case when (find_makes.model).value_id ~ '^\d{1,9}$' then (find_makes.model).value_id::int end
    union all
    select
        26, (find_makes.wmi).sole_make_name, (find_makes.wmi).sole_make_id::text, 'Make', (find_makes.wmi).wmi, -100,
        null::timestamp, null::int, null::int, 0, false
    -- A model that no make sells leaves the make unknown: NHTSA does not fall back to the WMI.
    where (find_makes.model).element_id is null and (find_makes.wmi).sole_make_id is not null;
end;
comment on function decoder.find_makes(int, catalog.wmi, decoder.item) is
    'The makes of the decoded model; without a model the make of the WMI when it has just one.';
