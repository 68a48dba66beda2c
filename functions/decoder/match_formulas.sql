create or replace function decoder.match_formulas(release_id int, schema_ids int[], image text)
    returns setof decoder.item
    language sql
    stable parallel safe
begin atomic
    select distinct on (f.element_id, f.slot)
        f.element_id, substr(match_formulas.image, f.value_from, f.value_length), f.value_id, 'Formula Pattern', k.keys, 100,
        f.changed_at, f.pattern_id, f.schema_id, k.used_positions, false
    from unnest(match_formulas.schema_ids) as link (schema_id)
    inner join catalog.formula as f on f.release_id = match_formulas.release_id and f.schema_id = link.schema_id
    inner join catalog.pattern_key as k
        on k.release_id = match_formulas.release_id and k.schema_id = f.schema_id and k.key_id = f.key_id
    cross join decoder.image_symbols(translate(match_formulas.image, '0123456789', '##########')) as digits (symbols)
    where (k.symbols & digits.symbols) = digits.symbols
    order by f.element_id, f.slot, f.rank;
end;
comment on function decoder.match_formulas(int, int[], text) is
    'The winning formula of every element: the digits that stand in the VIN where the key has #.';
