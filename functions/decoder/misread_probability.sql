create or replace function decoder.misread_probability(meant text, typed text)
    returns double precision
    language plpgsql
    immutable strict parallel safe
as $$
declare
    look_alikes constant text := decoder.look_alikes(meant);
    look_alike_share constant double precision := decoder.model_constant('look-alike');
begin
    if meant = typed then
        return 0;
    end if;
    if look_alikes = '' then
        return 1.0 / 32;
    end if;
    return (1 - look_alike_share) / 32
        + case when strpos(look_alikes, typed) > 0 then look_alike_share / length(look_alikes) else 0 end;
end;
$$;
comment on function decoder.misread_probability(text, text) is
    'Probability that a character of a VIN, when it is replaced by another, is replaced by this one.';
