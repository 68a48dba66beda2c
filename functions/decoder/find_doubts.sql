create or replace function decoder.find_doubts(pass decoder.pass, segment catalog.segment, is_light boolean)
    returns double precision[]
    language plpgsql
    immutable parallel safe
as $$
declare
    digits_from constant int := decoder.serial_digits_from(pass.vin, is_light);
begin
    return decoder.position_doubts(
        pass.vin, digits_from, segment.valid_characters,
        array(
            select p
            from generate_series(4, 14) as p
            where strpos(segment.valid_characters[p - 3], substr(pass.vin, p, 1)) = 0
            union
            select p from unnest(decoder.invalid_positions(pass.vin, digits_from, pass.is_exception)) as p
            union
            select 10 where pass.year is null
            union
            -- A maker without data for the year: either is likely not the one meant.
            select 0 where 8 = any(pass.codes)
        )
    );
end;
$$;
comment on function decoder.find_doubts(decoder.pass, catalog.segment, boolean) is
    'decoder.position_doubts of a decoded VIN that something speaks against.';
