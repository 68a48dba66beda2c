create or replace function api.models(make text, year int default null)
    returns table (id int, name text)
    language sql
    stable parallel safe security definer
    set search_path = pg_catalog
begin atomic
    with current as materialized (
        select r.release_id, decoder.find_make(r.release_id, models.make) as make_id
        from (select decoder.current_release_id() as release_id) as r
    )
    select m.model_id, m.name
    from catalog.model as m
    where m.release_id = (select c.release_id from current as c)
        and m.make_id = (select c.make_id from current as c)
        and (
            models.year is null
            or m.model_id in (
                select y.model_id
                from catalog.model_year as y
                where y.release_id = (select c.release_id from current as c)
                    and y.make_id = (select c.make_id from current as c)
                    and y.years @> models.year
            )
        )
    order by m.name collate "C", m.model_id;
end;
comment on function api.models(text, int) is
    'Dropdown of models of a make (name in any case, or id), all of them or those of a model year. VP404 for an unknown make.';
grant execute on function api.models(text, int) to mvp_platform_user, mvp_platform_admin;
