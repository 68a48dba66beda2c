-- NHTSA ranks values by their last change and leaves open which of two of one instant comes first: that is as its sort leaves
-- them. The same rows (key rows among them, though they are never shown) in the order of their ids, sorted by the same two
-- columns, come out in the same order here. A tie-break of our own differed in 6 of 1,399 values, this in one.
create or replace function decoder.find_specs(release_id int, wmi catalog.wmi, year int, items decoder.item[])
    returns setof decoder.item
    language sql
    stable parallel safe
begin atomic
    with stated as materialized (
        select
            v.spec_value_id, v.element_id, v.is_key, v.value, v.value_id, v.changed_at,
            exists (select from unnest(find_specs.items) as i where i.element_id = v.element_id) as is_present
        from unnest(find_specs.items) as model
        inner join catalog.vehicle_spec as s
            on s.release_id = find_specs.release_id
            and s.model_id = case when model.value_id ~ '^\d{1,9}$' then model.value_id::int end
            and s.make_id = any((find_specs.wmi).make_ids)
            and s.vehicle_type_id = (find_specs.wmi).vehicle_type_id
            and (s.years is null or find_specs.year = any(s.years))
        inner join catalog.vehicle_spec_value as v on v.release_id = find_specs.release_id and v.spec_id = s.spec_id
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
        order by v.spec_value_id
    ),
    ranked as (
        select r.*, row_number() over (partition by r.element_id order by r.changed_at desc) as place
        from stated as r
        where r.is_key or not r.is_present
        union all
        -- Notes and battery information are shown beside those of the patterns.
        select s.*, row_number() over (partition by s.element_id order by s.changed_at desc, s.spec_value_id)
        from stated as s
        inner join catalog.element as e on e.release_id = find_specs.release_id and e.element_id = s.element_id
        where s.is_present and not s.is_key and (e.is_multivalued or s.element_id = 1)
    )
    select distinct on (r.element_id)
        r.element_id, r.value, r.value_id, 'Vehicle Specs', '', -100, r.changed_at, null::int, null::int, 0, false
    from ranked as r
    where not r.is_key
    order by r.element_id, r.place;
end;
comment on function decoder.find_specs(int, catalog.wmi, int, decoder.item[]) is
    'Values of the specification sets of the decoded model whose every key element has its value; the latest change of each element.';
