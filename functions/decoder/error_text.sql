create or replace function decoder.error_text(
    release_id int,
    codes int[],
    is_exception boolean,
    out told text,
    out listed text
)
    language plpgsql
    stable parallel safe
as $$
begin
    select
        left(string_agg(
            e.name
            || case
                when e.error_code = 1 and 10 = any(codes)
                    then ' NOTE: Disregard if this is an off-road vehicle PIN, as check digit calculation may not be accurate.'
                when e.error_code = 0 and is_exception
                    then ' NOTE: Check Digit Exception - The check digit was given an exception based on data from the OEM indicating an error on production.'
                else ''
            end,
            '; ' order by e.error_code
        ), 500),
        string_agg('{"code":' || e.error_code || ',"text":' || to_json(e.name)::text || '}', ',' order by e.error_code)
    into told, listed
    from catalog.error_code as e
    where e.release_id = error_text.release_id and e.error_code = any(codes);
end;
$$;
comment on function decoder.error_text(int, int[], boolean) is
    'Texts of error codes: told, joined, at most 500 characters, as NHTSA tells them; listed, as JSON objects joined by commas. is_exception: the wrong check digit is a known one.';
