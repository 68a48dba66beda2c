create or replace function decoder.best_pass(release_id int, passes decoder.pass[], model_year int)
    returns decoder.pass
    language plpgsql
    stable parallel safe
as $$
begin
    if cardinality(passes) = 1 then
        return passes[1];
    end if;
    return (
        select p
        from unnest(passes) as p
        cross join lateral decoder.weigh_pass(release_id, p) as w
        order by
            w.error_value desc nulls first, w.elements_weight desc nulls first, w.pattern_count desc nulls first,
            p.year + case when p.year = model_year then 10000 else 0 end desc nulls first
        limit 1
    );
end;
$$;
comment on function decoder.best_pass(int, decoder.pass[], int) is
    'The pass with the lightest errors; then with the weightiest elements; then with most patterns (none counts as most); then the caller''s year, the later year.';
