create or replace function decoder.find_models(release_id int, make_id int, model text)
    returns int[]
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    found_ids int[];
begin
    if model is null then
        return null;
    end if;
    found_ids := array(
        select m.model_id
        from catalog.model as m
        where m.release_id = release_id
            and (make_id is null or m.make_id = make_id)
            and lower(m.name) = lower(btrim(model))
        order by m.model_id
    );
    if cardinality(found_ids) = 0 and btrim(model) ~ '^\d{1,9}$' then
        found_ids := array(
            select m.model_id
            from catalog.model as m
            where m.release_id = release_id and (make_id is null or m.make_id = make_id) and m.model_id = btrim(model)::int
        );
    end if;
    if cardinality(found_ids) = 0 then
        raise exception 'no model is called "%"', left(model, 100)
            using errcode = 'VP404', hint = 'The models dropdown lists every model of a make with its id.';
    end if;
    return found_ids;
end;
$$;
comment on function decoder.find_models(int, int, text) is
    'Ids of the models with a name in any case, or with an id, of one make or (null) of all; null for null; VP404 for an unknown one.';
