create or replace function decoder.describe_items(release_id int, pass decoder.pass)
    returns decoder.description
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    described decoder.description;
    heads constant text[] := coalesce(
        (select p.heads from catalog.phrase as p where p.release_id = release_id), decoder.statement_heads(release_id)
    );
    -- A VIN that nothing speaks against needs no shares: its doubts are too small to matter.
    is_doubtful constant boolean := pass.codes && array[1, 2, 3, 4, 5, 6, 7, 11, 400];
begin
    select
        string_agg(decoder.statement_json(heads[i.element_id], i.value, i.value_id, i.confidence, i.source), ','),
        concat_ws(
            ',',
            -- A model that several makes sell has several makes.
            decoder.field_json(26, string_agg(i.value, ', ' order by i.value) filter (where i.element_id = 26)),
            string_agg(decoder.field_json(i.element_id, i.value), ',') filter (where i.element_id <> 26)
        ),
        concat_ws(
            ',',
            decoder.confidence_json(26, min(i.confidence) filter (where i.element_id = 26)),
            string_agg(decoder.confidence_json(i.element_id, i.confidence), ',') filter (where i.element_id <> 26)
        ),
        bit_or(set_bit(B'0'::bit(256), i.element_id, 1)) filter (where i.element_id < 256),
        min(i.value) filter (where i.element_id = 13), min(i.value) filter (where i.element_id = 9),
        min(i.value) filter (where i.element_id = 64), min(i.value) filter (where i.element_id = 18),
        min(i.value) filter (where i.element_id = 24),
        -- A field made of several elements is right when all of them are.
        min(i.confidence) filter (where i.element_id in (13, 9, 64, 18)), min(i.confidence) filter (where i.element_id in (26, 28, 29))
    into described
    from (
        select
            i.element_id, i.value, i.value_id, i.source,
            decoder.shown_confidence(decoder.element_confidence(
                pass.doubts, i.source, i.used_positions, coalesce(s.share, decoder.model_constant('unknown share')),
                i.is_disputed, pass.is_year_open
            )) as confidence
        from unnest(pass.items) as i
        left join catalog.value_share as s
            on s.release_id = release_id
            -- Null finds nothing, and without a look.
            and s.schema_id = case when is_doubtful then i.schema_id end
            and s.element_id = i.element_id
            and s.value_id = i.value_id
        where i.value <> '' and heads[i.element_id] is not null
        -- Keeps the confidence from being computed anew in each place where it is used.
        offset 0
    ) as i;
    return described;
end;
$$;
comment on function decoder.describe_items(int, decoder.pass) is
    'Describes a decoded VIN by its items.';
