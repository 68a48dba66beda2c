create or replace function decoder.unopposed_confidence(
    source text,
    used_positions int,
    is_disputed boolean default false,
    is_year_open boolean default false
)
    returns numeric
    language sql
    immutable parallel safe
    return decoder.shown_confidence(decoder.element_confidence(
        decoder.undetected_doubts(), source, used_positions, decoder.model_constant('unknown share'), is_disputed, is_year_open
    ));
comment on function decoder.unopposed_confidence(text, int, boolean, boolean) is
    'The confidence, as answers show it, of a value in a VIN that nothing speaks against. The arguments as in decoder.element_confidence.';
