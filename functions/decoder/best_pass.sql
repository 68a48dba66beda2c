create or replace function decoder.best_pass(release_id int, passes decoder.pass[], model_year int)
    returns decoder.pass
    language plpgsql
    stable parallel safe
as $$
declare
    best decoder.pass := passes[1];
    is_tied boolean;
begin
    best.is_year_open := false;
    if cardinality(passes) = 1 then
        return best;
    end if;
    select p.*, count(*) over (partition by w.error_value) > 1 and w.error_value > -1000 as is_tied
    into best.vin, best.year, best.is_year_ambiguous, best.is_exception, best.items, best.codes, best.suggested_vin,
        best.possible_values, best.unused_positions, best.invalid_characters, best.is_year_open, best.doubts, is_tied
    from unnest(passes) as p
    cross join lateral decoder.weigh_pass(release_id, p) as w
    order by
        w.error_value desc nulls first, w.elements_weight desc nulls first, w.pattern_count desc nulls first,
        p.year + case when p.year = model_year then 10000 else 0 end desc nulls first
    limit 1;
    best.is_year_open := is_tied and model_year is distinct from best.year;
    return best;
end;
$$;
comment on function decoder.best_pass(int, decoder.pass[], int) is
    'The pass with the lightest errors; then with the weightiest elements; then with most patterns (none counts as most); then the caller''s year, the later year. Marks a year as open when another has data and no heavier errors.';
