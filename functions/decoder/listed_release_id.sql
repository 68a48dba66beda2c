create or replace function decoder.listed_release_id()
    returns int
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    release_id constant int := decoder.current_release_id();
begin
    if not exists (select from catalog.element as e where e.release_id = release_id and e.is_flat is not null) then
        raise exception 'the published data was loaded by an older version of this program, which made no lists'
            using errcode = 'VP503', hint = 'Load it again: mvp-vehicles etl run.';
    end if;
    return release_id;
end;
$$;
comment on function decoder.listed_release_id() is
    'The published release, when it has what the lists of the vPIC API answer from; VP503 when it has not, or there is none.';
