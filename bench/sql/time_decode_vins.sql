create or replace function bench.time_decode_vins(vins text[])
    returns double precision
    language plpgsql
    volatile
as $$
declare
    started_at constant timestamptz := clock_timestamp();
    answers bigint;
begin
    -- Counts the documents, not the rows, so that none is left out of the work.
    answers := (select count(d.decoded) from api.decode_vins(vins) as d);
    assert answers = cardinality(vins), 'as many answers as VINs';
    return bench.microseconds_each(started_at, cardinality(vins));
end;
$$;
comment on function bench.time_decode_vins(text[]) is 'Microseconds of api.decode_vins for each VIN of one call.';
