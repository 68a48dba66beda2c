create or replace function decoder.match_patterns(release_id int, schema_ids int[], link_years int[], image bit)
    returns setof decoder.item
    language sql
    stable parallel safe
begin atomic
    select distinct on (p.element_id, greatest(p.slot, 0))
        p.element_id, p.value, p.value_id, coalesce(p.source, 'Pattern'), k.keys, link.year_from, p.changed_at, p.pattern_id,
        k.schema_id, k.used_positions, min(p.value_id) over rivals <> max(p.value_id) over rivals
    from unnest(match_patterns.schema_ids, match_patterns.link_years) as link (schema_id, year_from)
    inner join catalog.pattern_key as k
        on k.release_id = match_patterns.release_id
        and k.schema_id = link.schema_id
        and (k.symbols & match_patterns.image) = match_patterns.image
    inner join catalog.pattern as p on p.release_id = match_patterns.release_id and p.key_id = k.key_id
    window rivals as (partition by p.element_id, p.slot, link.year_from)
    -- A converted displacement (slot -1) comes after any stated one.
    order by p.element_id, greatest(p.slot, 0), least(p.slot, 0) desc, link.year_from desc, p.rank;
end;
comment on function decoder.match_patterns(int, int[], int[], bit) is
    'The winning pattern of every element among the schemas of a segment: latest link year, then rank. Also what follows from patterns: converted displacements, and a make (26), which counts only beside its own model. Element -18 is the choice of the engine model.';
