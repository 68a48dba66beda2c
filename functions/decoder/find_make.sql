create or replace function decoder.find_make(release_id int, make text)
    returns int
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    found_id int;
begin
    if make is null then
        return null;
    end if;
    -- A make may be called by a number (1955, 420 Campers), so the name goes first.
    found_id := (
        select min(m.make_id) from catalog.make as m where m.release_id = release_id and lower(m.name) = lower(btrim(make))
    );
    if found_id is null and btrim(make) ~ '^\d{1,9}$' then
        found_id := (select m.make_id from catalog.make as m where m.release_id = release_id and m.make_id = btrim(make)::int);
    end if;
    if found_id is null then
        raise exception 'no make is called "%"', left(make, 100)
            using errcode = 'VP404', hint = 'The makes dropdown lists every make with its id.';
    end if;
    return found_id;
end;
$$;
comment on function decoder.find_make(int, text) is 'Id of a make by its name in any case, or by its id; null for null; VP404 for an unknown one.';
