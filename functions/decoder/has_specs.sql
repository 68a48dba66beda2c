create or replace function decoder.has_specs(release_id int, make_ids int[], vehicle_type_id int, model_id int, year int)
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
            and s.make_id = any(has_specs.make_ids)
            and s.vehicle_type_id = has_specs.vehicle_type_id
            and (s.years is null or has_specs.year = any(s.years))
    );
end;
$$;
comment on function decoder.has_specs(int, int[], int, int, int) is
    'Whether decoder.find_specs has specification sets of the model to look at.';
