create or replace function bench.time_decode_vin(vins text[])
    returns double precision
    language plpgsql
    volatile
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    vin text;
    document jsonb;
begin
    foreach vin in array vins loop
        document := api.decode_vin(vin);
    end loop;
    return bench.microseconds_each(started_at, cardinality(vins));
end;
$$;
comment on function bench.time_decode_vin(text[]) is 'Microseconds of api.decode_vin: the whole answer as jsonb.';
