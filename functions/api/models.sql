create or replace function api.models(make text, year int default null)
    returns table (id int, name text)
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_variable
declare
    -- Not in the query: before the first release the planner knows that it has no rows, and asks nothing.
    release_id constant int := decoder.current_release_id();
    wanted_make_id constant int := decoder.find_make(release_id, models.make);
begin
    return query
    select m.model_id, m.name
    from catalog.model as m
    where m.release_id = release_id
        and m.make_id = wanted_make_id
        and (
            models.year is null
            or m.model_id in (
                select y.model_id
                from catalog.model_year as y
                where y.release_id = release_id and y.make_id = wanted_make_id and y.years @> models.year
            )
        )
    order by m.name collate "C", m.model_id;
end;
$$;
comment on function api.models(text, int) is
    'Dropdown of models of a make (name in any case, or id), all of them or those of a model year. VP404 for an unknown make.';
grant execute on function api.models(text, int) to mvp_platform_user, mvp_platform_admin;
