create or replace function decoder.explain(release_id int, vin text, model_year int, as_of timestamp)
    returns jsonb
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    pass constant decoder.pass := decoder.decode(release_id, vin, model_year, as_of);
    wmi catalog.wmi;
    segment catalog.segment;
begin
    select w.* into wmi from catalog.wmi as w where w.release_id = release_id and w.wmi = vin.wmi(pass.vin);
    select s.* into segment from decoder.find_segment(release_id, wmi.wmi_id, pass.year) as s;
    return jsonb_build_object(
        'wmi', wmi.wmi,
        'descriptor', vin.descriptor(pass.vin),
        'year', decoder.explain_year(pass.vin, wmi.is_light, model_year, pass.year, extract(year from as_of)::int + 2),
        'positions', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'position', p,
                'character', substr(pass.vin, p, 1),
                'role', case
                    when p <= 3 or (p between 12 and 14 and length(wmi.wmi) = 6) then 'manufacturer'
                    when p <= 8 then 'description' when p = 9 then 'check digit' when p = 10 then 'model year'
                    when p = 11 then 'plant' else 'serial number'
                end,
                'doubt', round(pass.doubts[p]::numeric, 4),
                'validCharacters', segment.valid_characters[p - 3],
                'isKnown', coalesce(strpos(segment.valid_characters[p - 3], substr(pass.vin, p, 1)) > 0, true),
                'decides', (
                    select coalesce(jsonb_agg(distinct e.name), '[]')
                    from unnest(pass.items) as i
                    inner join catalog.element as e on e.release_id = release_id and e.element_id = i.element_id and e.is_emitted
                    where i.used_positions & (1 << p) <> 0
                        or (p <= 3 and i.source in ('VehType', 'Manu. Name', 'Make'))
                        or (p = 10 and i.source = 'ModelYear')
                )
            ) order by p), '[]')
            from generate_series(1, length(pass.vin)) as p
        ),
        'elements', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'Variable', e.name, 'VariableId', e.element_id, 'Value', i.value, 'ValueId', i.value_id, 'source', i.source,
                'keys', i.keys,
                'positions', to_jsonb(decoder.positions_of(i.used_positions)),
                'patternId', i.pattern_id, 'schemaId', i.schema_id,
                'schemaName', (select n.name from catalog.schema_name as n where n.release_id = release_id and n.schema_id = i.schema_id),
                'linkYear', case when i.source = 'Pattern' then i.priority end,
                'changedAt', i.changed_at,
                'confidence', round(c.confidence::numeric, 4),
                'confidenceParts', jsonb_build_object(
                    'wrongManufacturer', round((pass.doubts[1] + pass.doubts[2] + pass.doubts[3])::numeric, 4),
                    'wrongYear', round(pass.doubts[10]::numeric, 4),
                    'wrongKeyCharacter', round((
                        select coalesce(sum(pass.doubts[u]), 0)::numeric from unnest(decoder.positions_of(i.used_positions)) as u
                    ), 4),
                    'shareOfSameValue', s.share,
                    'isDisputed', i.is_disputed,
                    'isYearOpen', pass.is_year_open
                ),
                'rejected', coalesce(r.rejected, '[]')
            ) order by e.group_rank, e.element_id, i.value), '[]')
            from unnest(pass.items) as i
            inner join catalog.element as e on e.release_id = release_id and e.element_id = i.element_id and e.is_emitted
            left join catalog.value_share as s
                on s.release_id = release_id and s.schema_id = i.schema_id and s.element_id = i.element_id and s.value_id = i.value_id
            cross join lateral (
                select decoder.element_confidence(
                    pass.doubts, i.source, i.used_positions, coalesce(s.share, decoder.model_constant('unknown share')),
                    i.is_disputed, pass.is_year_open
                ) as confidence
            ) as c
            left join (
                select
                    f.element_id,
                    jsonb_agg(jsonb_build_object(
                        'Value', f.value, 'ValueId', f.value_id, 'keys', f.keys, 'patternId', f.pattern_id, 'schemaId', f.schema_id,
                        'linkYear', f.link_year, 'changedAt', f.changed_at, 'reason', f.reason
                    )) as rejected
                from decoder.find_rivals(
                    release_id, segment, decoder.image_symbols(vin.key_image(pass.vin)), pass.items
                ) as f
                group by f.element_id
            ) as r on r.element_id = i.element_id
            where i.value <> ''
        )
    );
end;
$$;
comment on function decoder.explain(int, text, int, timestamp) is
    'Why a VIN decodes so: the year decision, each position with its doubt and what it decides, each value with its key, schema, rejected rivals and the parts of its confidence.';
