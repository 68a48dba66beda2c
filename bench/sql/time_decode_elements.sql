create or replace function bench.time_decode_elements(vins text[])
    returns double precision
    language plpgsql
    volatile
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    release_id constant int := decoder.current_release_id();
    vin text;
    elements bigint;
begin
    foreach vin in array vins loop
        elements := (select count(*) from decoder.decode_elements(release_id, vin, null, localtimestamp) as e);
    end loop;
    return bench.microseconds_each(started_at, cardinality(vins));
end;
$$;
comment on function bench.time_decode_elements(text[]) is 'Microseconds of decoder.decode_elements: rows with values and confidence.';
