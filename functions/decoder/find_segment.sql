create or replace function decoder.find_segment(release_id int, wmi_id int, year int)
    returns setof catalog.segment
    language sql
    stable parallel safe
begin atomic
    select s.*
    from catalog.segment as s
    where s.release_id = find_segment.release_id
        and s.wmi_id = find_segment.wmi_id
        and s.year_from <= coalesce(find_segment.year, 0)
        and s.year_to >= coalesce(find_segment.year, 0);
end;
comment on function decoder.find_segment(int, int, int) is
    'The segment of a WMI that holds the model year; for an unknown year the one with all of its schemas; no row when none does.';
