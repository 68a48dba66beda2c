create or replace function decoder.list_options(release_id int, option_kind text, model_year int, make text, model text)
    returns table (id int, name text)
    language plpgsql
    stable parallel safe
    set plan_cache_mode = force_generic_plan
as $$
declare
    wanted_make_id constant int := decoder.find_make(list_options.release_id, list_options.make);
    wanted_model_ids constant int[] := decoder.find_models(list_options.release_id, wanted_make_id, list_options.model);
begin
    if wanted_make_id is null and wanted_model_ids is null and list_options.model_year is null then
        return query
        select o.option_id, o.name
        from catalog.option as o
        where o.release_id = list_options.release_id and o.kind = list_options.option_kind
        order by o.name collate "C", o.option_id;
    else
        return query
        select o.option_id, o.name
        from catalog.option as o
        where o.release_id = list_options.release_id
            and o.kind = list_options.option_kind
            and o.option_id in (
                select v.option_id
                from catalog.vehicle_option as v
                where v.release_id = list_options.release_id
                    and v.kind = list_options.option_kind
                    and (wanted_make_id is null or v.make_id = wanted_make_id)
                    and (wanted_model_ids is null or v.model_id = any(wanted_model_ids))
                    and (list_options.model_year is null or v.years @> list_options.model_year)
            )
        order by o.name collate "C", o.option_id;
    end if;
end;
$$;
comment on function decoder.list_options(int, text, int, text, text) is
    'Trims, engines or transmissions (option_kind) that the data allows for a year, make and model, each optional; all of them without. VP404 for an unknown make or model.';
