create or replace function decoder.find_defaults(release_id int, vehicle_type_id int, items decoder.item[])
    returns setof decoder.item
    language sql
    stable parallel safe
begin atomic
    select
        d.element_id, d.value, d.value_id, 'Default', null, 10, null::timestamp, null::int, null::int, 0, false
    from catalog.default_value as d
    where d.release_id = find_defaults.release_id
        and d.vehicle_type_id = find_defaults.vehicle_type_id
        and not exists (select from unnest(find_defaults.items) as i where i.element_id = d.element_id);
end;
comment on function decoder.find_defaults(int, int, decoder.item[]) is
    'What the vehicle type implies for elements that nothing else states.';
