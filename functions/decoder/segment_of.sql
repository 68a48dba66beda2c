create or replace function decoder.segment_of(segments catalog.segment[], year int)
    returns catalog.segment
    language sql
    immutable parallel safe
    return (select s from unnest(segments) as s where coalesce(year, 0) between s.year_from and s.year_to);
comment on function decoder.segment_of(catalog.segment[], int) is
    'The segment of a WMI that holds the model year; for an unknown year the one with all of its schemas; null when none does.';
