create or replace function decoder.match_engine_model(release_id int, choice decoder.item)
    returns setof decoder.item
    language sql
    stable parallel safe
begin atomic
    select distinct on (e.element_id, e.slot)
        e.element_id, e.value, e.value_id, 'EngineModelPattern', (match_engine_model.choice).keys, 50, e.changed_at,
        (match_engine_model.choice).pattern_id, (match_engine_model.choice).schema_id, (match_engine_model.choice).used_positions,
        (match_engine_model.choice).is_disputed
    from catalog.engine_model_pattern as e
    where e.release_id = match_engine_model.release_id
        and e.engine_model_id = (match_engine_model.choice).value::int
    order by e.element_id, e.slot, e.rank;
end;
comment on function decoder.match_engine_model(int, decoder.item) is
    'What the chosen engine model (element -18 of decoder.match_patterns) states, best row of every element.';
