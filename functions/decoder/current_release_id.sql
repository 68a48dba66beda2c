create or replace function decoder.current_release_id()
    returns int
    language plpgsql
    stable parallel safe
as $$
declare
    current_id int := (select c.release_id from catalog.current_release as c);
begin
    if current_id is null then
        raise exception 'no vehicle data is published yet'
            using errcode = 'VP503', hint = 'Run a rebuild: mvp-vehicles etl run.';
    end if;
    return current_id;
end;
$$;
comment on function decoder.current_release_id() is 'The published release; VP503 when there is none.';
