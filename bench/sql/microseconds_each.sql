create or replace function bench.microseconds_each(started_at timestamptz, things int)
    returns double precision
    language sql
    volatile
    return extract(epoch from clock_timestamp() - started_at) * 1e6 / things;
comment on function bench.microseconds_each(timestamptz, int) is 'Time since then, for each of so many things.';
