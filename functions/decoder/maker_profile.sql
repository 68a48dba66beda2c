-- The published database has no address book: where a manufacturer is and what it makes is what its WMIs say.
create or replace function decoder.maker_profile(release_id int, manufacturer_id int)
    returns table (country text, vehicle_types text[])
    language sql
    stable parallel safe
begin atomic
    with made as materialized (
        select distinct w.country_id, w.vehicle_type_id
        from catalog.wmi as w
        where w.release_id = maker_profile.release_id
            and w.manufacturer_id = maker_profile.manufacturer_id
            and w.public_at <= localtimestamp
    )
    select
        (
            select case when count(distinct m.country_id) = 1 then min(c.name) end
            from made as m
            left join catalog.lookup_value as c
                on c.release_id = maker_profile.release_id and c.lookup_table = 'country' and c.value_id = m.country_id
        ),
        array(
            select t.name
            from catalog.vehicle_type as t
            where t.release_id = maker_profile.release_id and t.vehicle_type_id in (select m.vehicle_type_id from made as m)
            order by t.vehicle_type_id
        );
end;
comment on function decoder.maker_profile(int, int) is
    'Country, when all public WMIs of a manufacturer agree on one, and the names of the vehicle types that they stand for, by id.';
