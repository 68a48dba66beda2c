create or replace function bench.time_lookup(vins text[])
    returns double precision
    language plpgsql
    volatile
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    wanted text;
    document jsonb;
begin
    foreach wanted in array vins loop
        select a.document into strict document from bench.answer as a where a.vin = wanted;
    end loop;
    return bench.microseconds_each(started_at, cardinality(vins));
end;
$$;
comment on function bench.time_lookup(text[]) is 'Microseconds to find a finished answer by its VIN.';
