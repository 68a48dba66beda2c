-- Text, not jsonb: it is stored and joined, and taken apart by nobody but the client. Stable, because to_json is: called
-- immutable it would not be inlined, and be planned at every call.
create or replace function decoder.statement_json(head text, value text, value_id text, confidence numeric, source text)
    returns text
    language sql
    stable parallel safe
    return (
        head || to_json(value)::text || ',"ValueId":' || coalesce(to_json(value_id)::text, 'null') || ',"confidence":' || confidence::text
        || ',"source":"' || source || '"}'
    );
comment on function decoder.statement_json(text, text, text, numeric, text) is
    'One object of rawData. head: decoder.statement_head of the element; source: one of ours, without quotes.';
