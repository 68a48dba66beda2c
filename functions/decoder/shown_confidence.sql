create or replace function decoder.shown_confidence(confidence real)
    returns numeric
    language sql
    immutable strict parallel safe
    return trim_scale(round(confidence::numeric, 4));
comment on function decoder.shown_confidence(real) is 'A confidence as answers show it: four decimals at most.';
