create or replace function decoder.convert(release_id int, items decoder.item[])
    returns setof decoder.item
    language sql
    stable parallel safe
begin atomic
    select distinct on (c.to_element_id)
        c.to_element_id, c.value, c.value, c.source, i.keys, i.priority, i.changed_at, i.pattern_id, i.schema_id, i.used_positions, i.is_disputed
    from unnest(convert.items) as i
    inner join catalog.conversion as c
        on c.release_id = convert.release_id and c.element_id = i.element_id and c.value_id = i.value_id
    where i.element_id in (11, 12, 13)
        and not exists (select from unnest(convert.items) as present where present.element_id = c.to_element_id)
    order by c.to_element_id, i.priority desc, i.changed_at desc nulls first, c.conversion_id;
end;
comment on function decoder.convert(int, decoder.item[]) is
    'Displacement in the units that no item states, from the item that ranks first; converted values are never converted again.';
