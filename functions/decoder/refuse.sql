-- NHTSA's function fails for a text longer than a VIN. An answer that says so serves better than an error in a batch.
create or replace function decoder.refuse(input text)
    returns decoder.pass
    language sql
    immutable parallel safe
    return row(
        vin.normalize(left(btrim(coalesce(input, ''), ' '), 17)),
        null,
        false,
        false,
        null,
        case when input is null then array[7, 11] else array[400] end,
        '',
        '',
        null,
        case when input is not null then format('%s characters, a VIN has 17', length(btrim(input, ' '))) end,
        false,
        null,
        null,
        null,
        false
    )::decoder.pass;
comment on function decoder.refuse(text) is
    'The answer to a text that cannot be looked at: null (error codes 7 and 11) or one longer than 17 characters (400).';
