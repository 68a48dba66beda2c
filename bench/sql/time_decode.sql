create or replace function bench.time_decode(vins text[])
    returns double precision
    language plpgsql
    volatile
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    release_id constant int := decoder.current_release_id();
    vin text;
    pass record;
begin
    foreach vin in array vins loop
        pass := decoder.decode(release_id, vin, null, localtimestamp);
    end loop;
    return bench.microseconds_each(started_at, cardinality(vins));
end;
$$;
comment on function bench.time_decode(text[]) is 'Microseconds of decoder.decode: the surviving items and codes, no text.';
