create or replace function decoder.decode_values(release_id int, vin text, model_year int, as_of timestamp)
    returns table (row_count int, extended_row_count int, vehicle json)
    language sql
    stable parallel safe
begin atomic
    with decoded as materialized (
        select d.element_id, string_agg(d.value, ', ' order by d.value) as value, min(d.value_id) as value_id, count(*) as row_count
        from decoder.decode_elements(decode_values.release_id, decode_values.vin, decode_values.model_year, decode_values.as_of) as d
        group by d.element_id
    ),
    variable as materialized (
        select e.code, d.value, coalesce(d.row_count, 1) as row_count, e.is_emitted, e.is_extended,
            -- Releases compiled before know only what they emit.
            coalesce(e.is_flat, e.is_emitted and e.code is not null) as is_flat
        from catalog.element as e
        left join decoded as d on d.element_id = e.element_id
        where e.release_id = decode_values.release_id
    )
    select
        (select sum(v.row_count) from variable as v where v.is_emitted)::int,
        (select sum(v.row_count) from variable as v where v.is_emitted or v.is_extended)::int,
        (
            select json_object_agg(k.key, coalesce(k.value, '') order by k.key collate "C")
            from (
                select v.code, v.value from variable as v where v.is_flat
                union all
                select i.key, (select d.value_id from decoded as d where d.element_id = i.element_id)
                from (values ('MakeID', 26), ('ManufacturerId', 27), ('ModelID', 28)) as i (key, element_id)
                union all
                select 'VIN', vin.normalize(decode_values.vin)
            ) as k (key, value)
        );
end;
comment on function decoder.decode_values(int, text, int, timestamp) is
    'The flat answer of the public vPIC API: a key for every variable in byte order, an empty string where nothing is known. The counts are of DecodeVin''s and DecodeVinExtended''s rows.';
