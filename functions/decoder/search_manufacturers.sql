create or replace function decoder.search_manufacturers(release_id int, manufacturer text)
    returns table (manufacturer_id int, name text)
    language sql
    stable parallel safe
begin atomic
    select f.manufacturer_id, f.name
    from catalog.manufacturer as f
    where f.release_id = search_manufacturers.release_id
        and case
            when search_manufacturers.manufacturer ~ '^\s*\d{1,9}\s*$' then f.manufacturer_id = search_manufacturers.manufacturer::int
            else decoder.is_named_like(f.name, search_manufacturers.manufacturer)
        end;
end;
comment on function decoder.search_manufacturers(int, text) is
    'Manufacturers as the public vPIC API finds them: a number is an id, another text part of the name.';
