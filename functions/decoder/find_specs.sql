create or replace function decoder.find_specs(release_id int, wmi catalog.wmi, year int, items decoder.item[])
    returns setof decoder.item
    language sql
    stable parallel safe
begin atomic
    select distinct on (v.element_id)
        v.element_id, v.value, v.value_id, 'Vehicle Specs', '', -100, v.changed_at, null::int, null::int, 0
    from unnest(find_specs.items) as model
    inner join catalog.vehicle_spec as s
        on s.release_id = find_specs.release_id
        and s.model_id = case when model.value_id ~ '^\d{1,9}$' then model.value_id::int end
        and s.make_id = any((find_specs.wmi).make_ids)
        and s.vehicle_type_id = (find_specs.wmi).vehicle_type_id
        and (s.years is null or find_specs.year = any(s.years))
    inner join catalog.vehicle_spec_value as v on v.release_id = find_specs.release_id and v.spec_id = s.spec_id
    inner join catalog.element as e on e.release_id = find_specs.release_id and e.element_id = v.element_id
    where model.element_id = 28
        and not exists (
            select
            from unnest(s.key_element_ids, s.key_values) as k (element_id, value_id)
            where not exists (
                select
                from unnest(find_specs.items) as i
                where i.element_id = k.element_id and lower(i.value_id) = k.value_id
            )
        )
        and (
            v.element_id = 1
            or e.is_multivalued
            or not exists (select from unnest(find_specs.items) as i where i.element_id = v.element_id)
        )
    order by v.element_id, v.rank;
end;
comment on function decoder.find_specs(int, catalog.wmi, int, decoder.item[]) is
    'Values of the specification sets of the decoded model whose every key element has its value; the latest change of each element.';
