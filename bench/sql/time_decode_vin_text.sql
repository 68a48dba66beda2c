create or replace function bench.time_decode_vin_text(vins text[])
    returns double precision
    language plpgsql
    volatile
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    vin text;
    answer text;
begin
    foreach vin in array vins loop
        select d.own || d.common into strict answer from api.decode_vin_text(vin) as d;
    end loop;
    return bench.microseconds_each(started_at, cardinality(vins));
end;
$$;
comment on function bench.time_decode_vin_text(text[]) is 'Microseconds of api.decode_vin_text: the whole answer as text, from the memo where that has it.';
