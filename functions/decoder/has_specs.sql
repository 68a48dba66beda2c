create or replace function decoder.has_specs(release_id int, wmi catalog.wmi, model_id int, year int)
    returns boolean
    language plpgsql
    stable parallel safe
as $$
begin
    return exists (
        select
        from catalog.vehicle_spec as s
        where s.release_id = has_specs.release_id
            and s.model_id = has_specs.model_id
            and s.make_id = any(wmi.make_ids)
            and s.vehicle_type_id = wmi.vehicle_type_id
            and (s.years is null or has_specs.year = any(s.years))
    );
end;
$$;
comment on function decoder.has_specs(int, catalog.wmi, int, int) is
    'Whether decoder.find_specs has specification sets of the model to look at.';
