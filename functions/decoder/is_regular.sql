create or replace function decoder.is_regular(vin text)
    returns boolean
    language sql
    immutable parallel safe
    return coalesce(
        case when decoder.is_plain(vin) then substr('0123456789X', vin.weighted_sum(vin) % 11 + 1, 1) = substr(vin, 9, 1) end, false
    );
comment on function decoder.is_regular(text) is 'Whether a VIN is plain (decoder.is_plain) and its check digit right.';
