create or replace function bench.time_decode_vins_text(vins text[])
    returns double precision
    language plpgsql
    volatile
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    answers bigint;
begin
    answers := (select count(d.own || d.common) from api.decode_vins_text(vins) as d);
    assert answers = cardinality(vins), 'as many answers as VINs';
    return bench.microseconds_each(started_at, cardinality(vins));
end;
$$;
comment on function bench.time_decode_vins_text(text[]) is 'Microseconds of api.decode_vins_text for each VIN of one call.';
