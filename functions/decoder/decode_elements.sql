create or replace function decoder.decode_elements(release_id int, vin text, model_year int, as_of timestamp)
    returns table (
        element_id int,
        variable text,
        value text,
        value_id text,
        source text,
        keys text,
        confidence real,
        group_rank int
    )
    language sql
    stable parallel safe
begin atomic
    with pass as materialized (
        select p.*
        from decoder.decode(
            decode_elements.release_id, decode_elements.vin, decode_elements.model_year, decode_elements.as_of
        ) as p
    ),
    item as (
        select
            i.element_id, i.value, i.value_id, i.source, i.keys,
            decoder.element_confidence(decoder.vin_confidence(pass.codes), i.source, i.used_positions, pass.is_year_ambiguous) as confidence
        from pass
        cross join lateral unnest(pass.items) as i
        union all
        select c.element_id, decoder.clean_value(c.value), c.value, 'Corrections', '', 1
        from pass as p
        cross join lateral (
            values
            (142, p.suggested_vin),
            (143, array_to_string(p.codes, ',')),
            (144, p.possible_values),
            (156, decoder.additional_error_text(decode_elements.release_id, p)),
            (191, decoder.error_text(decode_elements.release_id, p.codes, p.is_exception)),
            (196, vin.descriptor(p.vin))
        ) as c (element_id, value)
    )
    select e.element_id, e.name, i.value, i.value_id, i.source, i.keys, i.confidence, e.group_rank
    from item as i
    inner join catalog.element as e
        on e.release_id = decode_elements.release_id and e.element_id = i.element_id and e.is_emitted
    order by e.group_rank, e.element_id, i.value;
end;
comment on function decoder.decode_elements(int, text, int, timestamp) is
    'api.decode_elements for any release and clock; group_rank orders the elements as NHTSA groups them.';
