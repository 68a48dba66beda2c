-- A loop over two or three rows; as a query it would be planned anew at every call.
create or replace function decoder.segment_of(segments catalog.segment[], year int)
    returns catalog.segment
    language plpgsql
    immutable parallel safe
as $$
declare
    segment catalog.segment;
begin
    foreach segment in array coalesce(segments, '{}') loop
        if coalesce(year, 0) between segment.year_from and segment.year_to then
            return segment;
        end if;
    end loop;
    return null;
end;
$$;
comment on function decoder.segment_of(catalog.segment[], int) is
    'The segment of a WMI that holds the model year; for an unknown year the one with all of its schemas; null when none does.';
