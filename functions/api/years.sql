create or replace function api.years(make text default null, model text default null)
    returns setof int
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
as $$
#variable_conflict use_variable
declare
    release_id constant int := decoder.current_release_id();
    wanted_make_id constant int := decoder.find_make(release_id, years.make);
    wanted_model_ids constant int[] := decoder.find_models(release_id, wanted_make_id, years.model);
    -- Links without an end run to NHTSA's far year; a model year is at most two ahead of the calendar.
    plausible constant int4multirange := int4multirange(int4range(1980, extract(year from localtimestamp)::int + 2, '[]'));
begin
    return query
    select distinct g.year
    from (
        select range_agg(y.years) * plausible as years
        from (
            select m.years
            from catalog.model_year as m
            where m.release_id = release_id
                and (wanted_make_id is null or m.make_id = wanted_make_id)
                and (wanted_model_ids is null or m.model_id = any(wanted_model_ids))
            union all
            select m.years
            from catalog.make_year as m
            where m.release_id = release_id
                and wanted_model_ids is null
                and (wanted_make_id is null or m.make_id = wanted_make_id)
        ) as y
    ) as known
    cross join lateral unnest(known.years) as span
    cross join lateral generate_series(lower(span), upper(span) - 1) as g (year)
    order by g.year desc;
end;
$$;
comment on function api.years(text, text) is
    'Dropdown of model years, newest first: of everything, a make, or a model (names in any case, or ids). VP404 for an unknown make or model.';
grant execute on function api.years(text, text) to mvp_platform_user, mvp_platform_admin;
