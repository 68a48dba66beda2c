-- Inlined where it is called, with a value computed once a plan.
create or replace function decoder.undetected_doubts()
    returns double precision[]
    language sql
    immutable parallel safe
    return array_fill(
        decoder.model_constant('wrong VINs') * decoder.model_constant('undetected')
            / (1 - decoder.model_constant('wrong VINs') * (1 - decoder.model_constant('undetected'))) / 17,
        array[17]
    );
comment on function decoder.undetected_doubts() is
    'decoder.position_doubts of a VIN that check digit and data have nothing against: small, and the same at every position.';
