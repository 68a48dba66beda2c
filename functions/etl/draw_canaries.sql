-- Drawn from the data itself, because nobody gives us real VINs: a WMI of the type, a span of its years, a key that names a
-- model; what the key leaves open is filled with characters that the data knows there. Chance comes from md5, so that the same
-- release draws the same VINs. As many WMIs as there are come first, so that a maker with thousands of keys is one of many.
create or replace function etl.draw_canaries(release_id int)
    returns bigint
    language plpgsql
    volatile security definer
    set search_path = pg_catalog
    set work_mem = '128MB'
    set jit = off
as $$
#variable_conflict use_column
declare
    wanted constant int := etl.threshold('canaries of a type');
    as_of constant timestamp := localtimestamp;
begin
    -- 7 and 8: no such WMI, no pattern matches. Such a one tells nothing any more.
    delete from etl.canary as c
    where (decoder.decode(draw_canaries.release_id, c.vin, null, as_of)).codes && array[7, 8];

    insert into etl.canary (vin, vehicle_type_id, drawn_release_id)
    with missing as (
        select t.vehicle_type_id, wanted - (select count(*) from etl.canary as c where c.vehicle_type_id = t.vehicle_type_id) as missing_count
        from catalog.vehicle_type as t
        where t.release_id = draw_canaries.release_id
    ),
    site as (
        select
            w.wmi, w.vehicle_type_id, w.is_light, s.schema_ids, s.valid_characters, m.missing_count,
            greatest(s.year_from, 1981) as year_from, least(s.year_to, extract(year from as_of)::int + 1) as year_to,
            row_number() over (partition by w.wmi_id order by md5(format('%s %s', w.wmi, s.year_from))) as wmi_rank
        from missing as m
        inner join catalog.wmi as w on w.release_id = draw_canaries.release_id and w.vehicle_type_id = m.vehicle_type_id
        inner join catalog.segment as s on s.release_id = draw_canaries.release_id and s.wmi_id = w.wmi_id
        where m.missing_count > 0 and w.public_at <= as_of
            -- Not the row for an unknown year, and no year without a letter of its own.
            and s.year_to >= 1981 and s.year_from <= extract(year from as_of)::int + 1
    ),
    ranked as (
        select s.*, row_number() over (partition by s.vehicle_type_id order by s.wmi_rank, md5(s.wmi)) as site_rank from site as s
    ),
    keyed as materialized (
        select
            r.wmi, r.vehicle_type_id, r.is_light, r.valid_characters, r.missing_count, r.site_rank,
            r.year_from + abs(hashtext(r.wmi || r.year_from)) % (r.year_to - r.year_from + 1) as year,
            decoder.key_tokens(k.keys) as tokens
        from ranked as r
        cross join lateral (
            select k.keys
            from catalog.pattern_key as k
            left join catalog.pattern as p on p.release_id = draw_canaries.release_id and p.key_id = k.key_id and p.element_id = 28
            where k.release_id = draw_canaries.release_id and k.schema_id = any(r.schema_ids)
            order by (p.key_id is null), md5(r.wmi || k.keys)
            limit 1
        ) as k
        -- Twice as many as are wanted: of some no VIN can be made, others are drawn already.
        where r.site_rank <= 2 * wanted
    ),
    made as (
        select
            k.vehicle_type_id, k.missing_count, k.site_rank,
            (
                select string_agg(
                    coalesce(substr(c.characters, 1 + abs(hashtext(k.wmi || p.position)) % nullif(length(c.characters), 0), 1), '0'),
                    '' order by p.position
                )
                from generate_series(1, 17) as p (position)
                cross join lateral (
                    select
                        case
                            when p.position <= 3 then substr(k.wmi, p.position, 1)
                            when p.position = 9 then '0'
                            when p.position = 10 then substr('ABCDEFGHJKLMNPRSTVWXY123456789', (k.year - 1980) % 30 + 1, 1)
                            when length(k.wmi) = 6 and p.position between 12 and 14 then substr(k.wmi, p.position - 8, 1)
                            when coalesce(k.tokens[p.position - 3], '*') <> '*' then decoder.token_characters(k.tokens[p.position - 3])
                            else coalesce(k.valid_characters[p.position - 3], '0123456789ABCDEFGHJKLMNPRSTUVWXYZ')
                        end as characters,
                        case
                            -- Position 7 tells the cycle of the year's letter, the last ones count vehicles; 49 CFR 565.15.
                            when p.position = 7 and k.is_light and k.year >= 2010 then '[^A-HJ-NPR-Z]'
                            when (p.position = 7 and k.is_light) or p.position >= 13 then '[^0-9]'
                            else '[^0-9A-HJ-NPR-Z]'
                        end as unlikely
                ) as allowed
                cross join lateral (
                    select
                        coalesce(
                            nullif(regexp_replace(allowed.characters, allowed.unlikely, '', 'g'), ''),
                            regexp_replace(allowed.characters, '[^0-9A-HJ-NPR-Z]', '', 'g')
                        ) as characters
                ) as c
            ) as vin
        from keyed as k
    ),
    checked as (
        select
            m.vehicle_type_id, m.missing_count, m.site_rank,
            overlay(m.vin placing vin.check_digit(m.vin) from 9 for 1) as vin
        from made as m
    ),
    decoded as (
        select
            c.vin, c.vehicle_type_id, c.missing_count,
            row_number() over (partition by c.vehicle_type_id order by c.site_rank) as ordinal
        from (select distinct on (d.vin) d.* from checked as d order by d.vin, d.site_rank) as c
        where not exists (select from etl.canary as known where known.vin = c.vin)
            and not (decoder.decode(draw_canaries.release_id, c.vin, null, as_of)).codes && array[7, 8]
    )
    select d.vin, d.vehicle_type_id, draw_canaries.release_id from decoded as d where d.ordinal <= d.missing_count;

    return (select count(*) from etl.canary);
end;
$$;
comment on function etl.draw_canaries(int) is
    'Fills up the canary VINs of every vehicle type from a release, and lets those go that it cannot decode; returns how many there are.';
grant execute on function etl.draw_canaries(int) to mvp_platform_etl;
