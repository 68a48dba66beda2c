create or replace function decoder.error_text(release_id int, codes int[], is_exception boolean)
    returns text
    language sql
    stable parallel safe
begin atomic
    select
        left(string_agg(
            e.name
            || case
                when e.error_code = 1 and 10 = any(error_text.codes)
                    then ' NOTE: Disregard if this is an off-road vehicle PIN, as check digit calculation may not be accurate.'
                when e.error_code = 0 and error_text.is_exception
                    then ' NOTE: Check Digit Exception - The check digit was given an exception based on data from the OEM indicating an error on production.'
                else ''
            end,
            '; ' order by e.error_code
        ), 500)
    from catalog.error_code as e
    where e.release_id = error_text.release_id and e.error_code = any(error_text.codes);
end;
comment on function decoder.error_text(int, int[], boolean) is
    'Texts of error codes, joined, at most 500 characters; is_exception: the wrong check digit is a known one.';
