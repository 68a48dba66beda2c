create or replace function decoder.search_makes(release_id int, make text, make_id int)
    returns table (make_id int, name text)
    language sql
    stable parallel safe
begin atomic
    select m.make_id, m.name
    from catalog.make as m
    where m.release_id = search_makes.release_id
        and case
            when search_makes.make_id is null then decoder.is_named_like(m.name, search_makes.make)
            else m.make_id = search_makes.make_id
        end;
end;
comment on function decoder.search_makes(int, text, int) is 'The make with the id; without an id, the makes whose name contains the text.';
