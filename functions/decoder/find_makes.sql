create or replace function decoder.find_makes(release_id int, model decoder.item)
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
        and m.model_id = case when (find_makes.model).value_id ~ '^\d{1,9}$' then (find_makes.model).value_id::int end;
end;
comment on function decoder.find_makes(int, decoder.item) is 'The makes that sell the decoded model: several, or none.';
