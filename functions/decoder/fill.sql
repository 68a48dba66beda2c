create or replace function decoder.fill(release_id int, items decoder.item[], more decoder.item[])
    returns decoder.item[]
    language plpgsql
    stable parallel safe
as $$
begin
    return array(
        select m
        from unnest(more) as m
        inner join catalog.element as e on e.release_id = fill.release_id and e.element_id = m.element_id
        where e.is_multivalued or not exists (select from unnest(items) as i where i.element_id = m.element_id)
    );
end;
$$;
comment on function decoder.fill(int, decoder.item[], decoder.item[]) is
    'Those of more whose element no item has yet; of multi-valued elements all.';
