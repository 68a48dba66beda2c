-- PL/pgSQL: its queries are planned once a session, those of a SQL function at every call.
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
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_column
declare
    pass constant decoder.pass := decoder.decode(
        decode_elements.release_id, decode_elements.vin, decode_elements.model_year, decode_elements.as_of
    );
    -- A VIN that nothing speaks against needs no shares: its doubts are too small to matter.
    is_doubtful constant boolean := pass.codes && array[1, 2, 3, 4, 5, 6, 7, 11, 400];
    additional_text constant text := decoder.additional_error_text(decode_elements.release_id, pass);
    error constant record := decoder.error_text(decode_elements.release_id, pass.codes, pass.is_exception);
begin
    return query
    select e.element_id, e.name, i.value, i.value_id, i.source, i.keys, i.confidence, e.group_rank
    from (
        select
            i.element_id, i.value, i.value_id, i.source, i.keys,
            decoder.element_confidence(
                pass.doubts, i.source, i.used_positions, coalesce(s.share, decoder.model_constant('unknown share')),
                i.is_disputed, pass.is_year_open
            ) as confidence
        from unnest(pass.items) as i
        left join catalog.value_share as s
            on s.release_id = decode_elements.release_id
            -- Null finds nothing, and without a look.
            and s.schema_id = case when is_doubtful then i.schema_id end
            and s.element_id = i.element_id
            and s.value_id = i.value_id
        union all
        select c.element_id, decoder.clean_value(c.value), c.value, 'Corrections', '', 1
        from (
            values
            (142, pass.suggested_vin),
            (143, array_to_string(pass.codes, ',')),
            (144, pass.possible_values),
            (156, additional_text),
            (191, error.told),
            (196, vin.descriptor(pass.vin))
        ) as c (element_id, value)
    ) as i
    inner join catalog.element as e
        on e.release_id = decode_elements.release_id and e.element_id = i.element_id and e.is_emitted
    order by e.group_rank, e.element_id, i.value;
end;
$$;
comment on function decoder.decode_elements(int, text, int, timestamp) is
    'api.decode_elements for any release and clock; group_rank orders the elements as NHTSA groups them.';
