create or replace function decoder.best_pass(
    release_id int,
    passes decoder.pass[],
    vehicle_type_id int,
    model_year int,
    out best int,
    out is_year_open boolean
)
    language plpgsql
    stable parallel safe
as $$
begin
    -- Defaults weigh too.
    for at in 1 .. cardinality(passes) loop
        passes[at].items := passes[at].items
            || array(select d from decoder.find_defaults(release_id, vehicle_type_id, passes[at].items) as d);
    end loop;
    select
        p.ordinality,
        count(*) over (partition by w.error_value) > 1 and w.error_value > -1000
            and best_pass.model_year is distinct from passes[p.ordinality].year
    into best, is_year_open
    from generate_subscripts(passes, 1) as p (ordinality)
    cross join lateral decoder.weigh_pass(release_id, passes[p.ordinality]) as w
    order by
        w.error_value desc nulls first, w.elements_weight desc nulls first, w.pattern_count desc nulls first,
        passes[p.ordinality].year + case when passes[p.ordinality].year = best_pass.model_year then 10000 else 0 end desc nulls first
    limit 1;
end;
$$;
comment on function decoder.best_pass(int, decoder.pass[], int, int) is
    'Subscript of the pass with the lightest errors; then with the weightiest elements; then with most patterns (none counts as most); then the caller''s year, the later year. is_year_open: another has data and no heavier errors. vehicle_type_id: whose defaults count, null for none.';
